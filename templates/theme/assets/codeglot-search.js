/**
 * The search box: our resolver first, Pagefind's full text behind it, both fetched only when someone means to search.
 *
 * What the theme gives: `<script type="application/json" id="codeglot-config">` with `locale`, `root` and `home` (the
 * site's root and this locale's, relative to the page or absolute) and `labels`; forms `[data-search]` with an
 * `input[data-search-input]` and a `[data-search-panel]`; on the search page a `[data-search-page]` around such a form
 * and a `[data-search-results]`. A box says how it stands in `data-search-state`: idle, loading, done or none.
 */

/** The words used here, with their English texts; `labels` of the page's configuration overrides them. */
export const LABELS = {
  search_results: "Search results",
  search_loading: "Searching…",
  search_count: "Results: {count}",
  search_none: "Nothing found for “{query}”.",
  search_failed: "The search could not be loaded. Try again later.",
  search_unknown: "{code} is not a known code.",
  search_neighbours: "Nearest codes:",
  search_other_base_unknown: "With the digits read in the other base:",
  search_read: "Read as code:",
  search_former: "Former name: {name}",
  search_other_base: "If the number is hexadecimal",
  search_near: "Similar name",
  search_retired: "No longer listed",
};

const MOST_IN_PANEL = 8;
const MOST_ON_PAGE = 40;
const PAUSE = 120;
const LONGEST_WORDS = 120;

const config = JSON.parse(document.getElementById("codeglot-config")?.textContent || "{}");
const root = new URL(config.root || "./", document.baseURI);
const home = new URL(config.home || "./", document.baseURI);
const labels = { ...LABELS, ...config.labels };
const label = (key, values = {}) => labels[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const language = (locale) => config.locales?.find((entry) => entry.locale === locale)?.name ?? locale;
const address = (code) => new URL(`${code.path}/`, home).href;

/** The resolver for this locale and what shows its answers; a failure is forgotten, so that the next call tries again. */
let resolving;
function resolver() {
  resolving ??= Promise.all([
    import("./codeglot-resolve.js"),
    import("./codeglot-search-view.js"),
    fetch(new URL(`assets/codeglot/index.${config.locale}.json`, root)).then((response) => {
      if (!response.ok) throw new Error(`index: ${response.status}`);
      return response.json();
    }),
  ]).then(([{ createResolver }, { createView }, file]) => ({
    ...createResolver(file),
    ...createView({ locale: config.locale, label, address, language }),
  }));
  resolving.catch(() => {
    resolving = undefined;
  });
  return resolving;
}

/** Pagefind, which picks its index by the page's language; null where it cannot be had. */
let finding;
function fullText() {
  finding ??= import(new URL("pagefind/pagefind.js", root).href)
    .then(async (pagefind) => {
      await pagefind.options({ baseUrl: root.pathname, excerptLength: 24 });
      await pagefind.init();
      return pagefind;
    })
    .catch(() => null);
  return finding;
}

/** What the resolver says, as hits in order: codes meant, then what the digits are in the other base. */
function resolvedHits(known, resolution) {
  const hits = new Map();
  const add = (path, note) => {
    if (!hits.has(path)) hits.set(path, { code: known.code(path), note });
  };
  const notes = new Map();
  for (const read of resolution.reads) {
    for (const path of read.codes) {
      const code = known.code(path);
      const plain = (name) => name.toUpperCase().replace(/[^A-Z0-9]+/g, "");
      const former = code.former.find((name) => plain(name) === read.value);
      if (former && !code.names.some((name) => plain(name) === read.value)) {
        notes.set(path, label("search_former", { name: former }));
      } else if (read.kind === "near-name" && !notes.has(path)) {
        notes.set(path, label("search_near"));
      }
    }
  }
  for (const path of resolution.codes) add(path, notes.get(path));
  for (const read of resolution.reads) {
    if (read.codes.length) read.other_base.forEach((path) => add(path, label("search_other_base")));
  }
  return [...hits.values()];
}

/** Whether words may add something: not to a number, to an identifier or to the words of a log. */
function asksForWords(text, resolution) {
  if (resolution.kind === "unknown" || text.length > LONGEST_WORDS || text.includes("\n")) return false;
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  return resolution.reads.every(({ kind, text: read }) => kind === "parts" || kind === "near-name" || /^[\p{L} ]+$/u.test(read));
}

/**
 * Codes whose line in the index holds the words as typed, the same line first: Pagefind cuts Chinese into words, and
 * finds a phrase only where it cuts the question as it cut the text.
 */
function lineHits(known, text, most) {
  const asked = text.trim().toLowerCase().replace(/\s+/g, " ");
  if (asked.length < 2) return [];
  const word = /^[\p{Script=Latin}\p{N}]/u.test(asked);
  const found = [];
  known.codes.forEach((code, order) => {
    const line = code.line.toLowerCase();
    const at = line.indexOf(asked);
    if (at < 0 || code.locale !== config.locale) return;
    if (word && at > 0 && /[\p{Script=Latin}\p{N}]/u.test(line[at - 1])) return;
    const fit = line.replace(/[.。]$/, "") === asked ? 0 : at === 0 ? 1 : 2;
    found.push({ code, rank: [fit, code.retired ? 1 : 0, line.length, order] });
  });
  const compare = (a, b) => a.reduce((unequal, value, i) => unequal || value - b[i], 0);
  return found.sort((a, b) => compare(a.rank, b.rank)).slice(0, most).map(({ code }) => ({ code }));
}

async function wordHits(known, text, most, taken, stale) {
  const pagefind = await fullText();
  if (!pagefind || stale()) return [];
  const { results } = await pagefind.search(text);
  const hits = [];
  for (let from = 0; from < results.length && hits.length < most && !stale(); from += most) {
    for (const data of await Promise.all(results.slice(from, from + most).map((result) => result.data()))) {
      const path = new URL(data.url, root).href.slice(home.href.length).replace(/\/(?:index\.html)?$/, "");
      const code = known.code(path);
      if (!code || taken.has(path)) continue;
      taken.add(path);
      hits.push({ code, excerpt: data.excerpt });
    }
  }
  return hits.slice(0, most);
}

function block(name, className, attributes = {}) {
  const node = document.createElement(name);
  node.className = className;
  for (const [attribute, value] of Object.entries(attributes)) node.setAttribute(attribute, value);
  return node;
}

/** Something typed into, and the place where its results stand. */
class Box {
  constructor({ input, state, panel = null, results, status = null, full = false }) {
    Object.assign(this, { input, state, panel, results, status, full });
    this.turn = 0;
    this.active = -1;
    this.notes = block("div", "cg-search__notes");
    this.list = results;
    if (full) {
      this.list = block("div", "cg-results__list");
      results.replaceChildren(this.notes, this.list);
      // The status says how many there are; the whole list read aloud at each key would be noise.
      results.setAttribute("aria-live", "off");
    } else {
      results.before(this.notes);
      results.id ||= `${input.id || "cg-search"}-list`;
    }
    this.status ??= results.parentElement.insertBefore(block("p", "cg-search__status", { role: "status" }), results);
  }

  listen() {
    const { input } = this;
    input.addEventListener("focus", () => {
      resolver().catch(() => {});
      this.open();
    });
    input.addEventListener("input", () => this.search(input.value));
    input.addEventListener("keydown", (event) => this.key(event));
    input.form?.addEventListener("submit", (event) => this.submit(event));
    if (this.full) return;
    input.form?.addEventListener("focusout", (event) => {
      if (!input.form.contains(event.relatedTarget)) this.close();
    });
    // The focus stays in the box while an option is clicked, so that the list does not close under the pointer.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get hits() {
    return [...this.list.querySelectorAll("a[data-code]")];
  }

  async search(text) {
    this.turn += 1;
    const turn = this.turn;
    const stale = () => turn !== this.turn;
    if (this.full) remember(text);
    if (!text.trim()) {
      this.going = false;
      this.show([], []);
      this.say("idle", "");
      this.close();
      return;
    }
    this.say("loading", this.hits.length ? this.status.textContent : label("search_loading"));
    let known;
    try {
      known = await resolver();
    } catch {
      if (stale()) return;
      this.show([], []);
      this.say("none", label("search_failed"));
      this.open();
      return;
    }
    if (stale()) return;
    const resolution = known.resolve(text);
    const most = this.full ? MOST_ON_PAGE : MOST_IN_PANEL;
    const hits = resolvedHits(known, resolution).slice(0, most);
    const notes = [
      known.readNode(text, resolution),
      ...resolution.reads.filter((read) => !read.codes.length).slice(0, 3).map((read) => known.unknownNode(known, read)),
    ].filter(Boolean);
    const words = hits.length < most && asksForWords(text, resolution);
    if (words) {
      const taken = new Set(hits.map((hit) => hit.code.path));
      const more = lineHits(known, text, most).filter((hit) => !taken.has(hit.code.path));
      hits.push(...more.slice(0, most - hits.length));
    }
    if (hits.length || notes.length || !words) this.show(notes, hits, known);
    this.open();
    if (words && hits.length < most) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (stale()) return;
      const taken = new Set(hits.map((hit) => hit.code.path));
      const more = await wordHits(known, text, most - hits.length, taken, stale).catch(() => []);
      if (stale()) return;
      this.show(notes, [...hits, ...more], known);
    }
    const count = this.hits.length;
    const missing = notes.length && resolution.kind === "unknown" ? "" : label("search_none", { query: text.trim() });
    this.say(count ? "done" : "none", count ? label("search_count", { count }) : missing);
    if (this.going) this.go();
  }

  show(notes, hits, known) {
    const chosen = this.hits[this.active]?.dataset.code;
    const prefix = this.full ? "" : `${this.list.id}-option`;
    this.notes.replaceChildren(...notes);
    this.list.replaceChildren(...hits.map((hit, number) => known.hitNode(hit, number, prefix)));
    this.mark(chosen ? hits.findIndex((hit) => hit.code.path === chosen) : -1);
  }

  say(state, words) {
    this.state.dataset.searchState = state;
    this.status.textContent = words;
  }

  open() {
    if (!this.panel || this.state.dataset.searchState === "idle") return;
    if (document.activeElement !== this.input) return;
    this.panel.hidden = false;
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
  }

  close() {
    this.mark(-1);
    if (!this.panel) return;
    this.panel.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  mark(number) {
    this.active = number;
    this.hits.forEach((hit, position) => {
      const chosen = position === number;
      hit.classList.toggle("cg-hit--active", chosen);
      if (this.full) return;
      hit.setAttribute("aria-selected", String(chosen));
      if (chosen) hit.scrollIntoView({ block: "nearest" });
    });
    if (this.full) return;
    if (number >= 0) this.input.setAttribute("aria-activedescendant", this.hits[number].id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    if (event.isComposing) return;
    const count = this.hits.length;
    if (event.key === "Enter") {
      event.preventDefault();
      this.going = Boolean(this.input.value.trim());
      if (this.going && (this.active >= 0 || this.state.dataset.searchState !== "loading")) this.go();
    } else if (event.key === "Escape") {
      if (this.panel && !this.panel.hidden) this.close();
      else {
        this.input.value = "";
        this.search("");
        this.input.blur();
      }
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      const down = event.key === "ArrowDown";
      this.open();
      if (this.full) this.hits[down ? 0 : count - 1].focus();
      else this.mark(down ? (this.active + 1) % count : (Math.max(this.active, 0) + count - 1) % count);
      event.preventDefault();
    }
  }

  /** Only a button gets here, or a keyboard whose Enter is no key of its own. */
  submit(event) {
    if (!this.full && this.input.value.trim()) return;
    event.preventDefault();
    this.search(this.input.value);
  }

  /** To the chosen hit, else to the first; without one, to the page that says so. */
  go() {
    this.going = false;
    const hit = this.hits[Math.max(this.active, 0)];
    if (hit) location.assign(hit.href);
    else if (!this.full) HTMLFormElement.prototype.submit.call(this.input.form);
  }
}

/** Keep the query in the address of the search page, so that it can be shared and come back to. */
function remember(text) {
  const here = new URL(location.href);
  if (text) here.searchParams.set("q", text);
  else here.searchParams.delete("q");
  if (here.href !== location.href) history.replaceState(history.state, "", here);
}

/** Arrow keys among the links of the search page, back into the box at the top. */
function walk(box) {
  box.list.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const position = box.hits.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (box.hits[position] ?? (position < 0 ? box.input : null))?.focus();
    event.preventDefault();
  });
}

const boxes = [];
for (const input of document.querySelectorAll("[data-search-input]")) {
  const page = input.closest("[data-search-page]");
  const scope = page ?? input.closest("[data-search]");
  const results = scope?.querySelector("[data-search-results]");
  if (!results) continue;
  const state = page ? results : scope.querySelector("[data-search-state]");
  const panel = page ? null : scope.querySelector("[data-search-panel]");
  const status = scope.querySelector("[data-search-status]");
  const box = new Box({ input, state, panel, results, status, full: Boolean(page) });
  boxes.push(box);
  box.listen();
  if (page) {
    // What the box lists is not a pop-up here but the page itself.
    for (const name of ["role", "aria-autocomplete", "aria-haspopup", "aria-expanded"]) input.removeAttribute(name);
    walk(box);
    const asked = new URL(location.href).searchParams.get("q");
    if (asked && !input.value) input.value = asked;
    if (input.value) box.search(input.value);
    if (!asked) input.focus({ preventScroll: true });
  } else if (document.activeElement === input) {
    resolver().catch(() => {});
    if (input.value) box.search(input.value);
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (target.closest("input, textarea, select, [contenteditable]:not([contenteditable=false])")) return;
  const box = boxes.findLast(({ input }) => input.checkVisibility?.() ?? input.offsetParent !== null);
  if (!box) return;
  event.preventDefault();
  box.input.focus();
  box.input.select();
});
