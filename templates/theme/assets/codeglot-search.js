/**
 * The search box: codes and names first, words of the texts behind them, all fetched only when someone means to search.
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
  search_cause: "Cause",
  search_solution: "Solution",
  search_cause_and_solution: "Cause and solution",
  search_more: "Search in the other languages too",
  search_elsewhere: "Nothing found in this language. Results in other languages: {count}",
};

const MOST_IN_PANEL = 8;
const MOST_ON_PAGE = 40;
/** Whoever types on within so many milliseconds has not asked the other languages yet, where it takes long to load them. */
const PAUSE = 200;
const MANY_CODES = 1000;
/** An address of more characters is refused by hosts. */
const LONGEST_ADDRESS = 2000;

const config = JSON.parse(document.getElementById("codeglot-config")?.textContent || "{}");
const root = new URL(config.root || "./", document.baseURI);
const home = new URL(config.home || "./", document.baseURI);
const labels = { ...LABELS, ...config.labels };
const label = (key, values = {}) => labels[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

const language = (locale) => config.locales?.find((entry) => entry.locale === locale)?.name ?? locale;
const address = (code) => new URL(`${code.path}/`, home).href;

async function fetchFile(name) {
  // Files that change carry a mark in their name; the index, which knows the marks, is asked for anew.
  const response = await fetch(new URL(`assets/codeglot/${name}`, root), name.includes("?") ? {} : { cache: "no-cache" });
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  return response.json();
}

/** What answers in this locale, and what shows its answers; a failure is forgotten, so that the next call tries again. */
let answering;
function answers() {
  const { locale } = config;
  const others = (config.locales ?? []).map((one) => one.locale).filter((one) => one !== locale);
  answering ??= Promise.all([
    import("./codeglot-search-answer.js"),
    import("./codeglot-search-view.js"),
    fetchFile(`index.${locale}.json`),
  ]).then(
    ([{ createAnswers, asksForWords, isDoubtful }, { createView }, file]) => {
      const known = createAnswers({ file, others, fetchFile, label });
      return { ...known, asksForWords, isDoubtful, ...createView({ locale, label, address, language, placesOf: known.placesOf }) };
    },
  );
  answering.catch(() => {
    answering = undefined;
  });
  return answering;
}

/** As soon as someone means to search: first what knows the codes, then the texts. */
function prepare() {
  answers().then((known) => known.prepare()).catch(() => {});
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
    this.dismissed = false;
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
    this.rest = block("div", "cg-search__more");
    results.after(this.rest);
    this.status ??= results.parentElement.insertBefore(block("p", "cg-search__status", { role: "status" }), results);
  }

  listen() {
    const { input } = this;
    input.addEventListener("focus", () => {
      prepare();
      this.dismissed = false;
      this.open();
    });
    input.addEventListener("input", () => {
      this.dismissed = false;
      this.search(input.value);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.form?.addEventListener("submit", (event) => this.submit(event));
    if (this.full) return;
    input.form?.addEventListener("focusout", (event) => {
      if (!input.form.contains(event.relatedTarget)) this.close();
    });
    window.visualViewport?.addEventListener("resize", () => {
      if (!this.panel.hidden) this.fit();
    });
    // The focus stays in the box while something is clicked, so that the panel does not close under the pointer.
    for (const part of [this.list, this.rest]) part.addEventListener("pointerdown", (event) => event.preventDefault());
  }

  get hits() {
    return [...this.list.querySelectorAll("a[data-code]")];
  }

  /** Answers a text; `everywhere` asks the other languages even though this one has answers. */
  async search(text, everywhere = false) {
    this.turn += 1;
    const turn = this.turn;
    const stale = () => turn !== this.turn;
    if (this.full) remember(text);
    this.rest.replaceChildren();
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
      known = await answers();
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
    const words = known.asksForWords(text, resolution);
    const notes = [
      known.readNode(text, resolution),
      ...resolution.reads.filter((read) => !read.codes.length).slice(0, 3).map((read) => known.unknownNode(known, read)),
    ].filter(Boolean);
    const sure = known.resolved(resolution).slice(0, most);
    let hits = sure;
    do {
      if (words) hits = known.combined(text, resolution, sure, most);
      if (hits.length || notes.length || !words) this.show(notes, hits, known);
      this.open();
    } while (words && (await known.more()) && !stale());
    if (stale()) return;
    const own = hits.length;
    const abroad = words && known.elsewhere && (everywhere || known.isDoubtful(hits));
    if (abroad) {
      if (!everywhere && known.codes.length > MANY_CODES) await new Promise((resolve) => setTimeout(resolve, PAUSE));
      if (stale()) return;
      hits = await known.elsewhere(text, hits, most).catch(() => hits);
      if (stale()) return;
    }
    this.show(notes, hits, known);
    if (words && own && known.elsewhere && !abroad) this.offer(text);
    const missing = notes.length && resolution.kind === "unknown" ? "" : label("search_none", { query: text.trim() });
    const count = hits.length;
    this.say(count ? "done" : "none", count ? label(own ? "search_count" : "search_elsewhere", { count }) : missing);
    this.open();
    if (this.going) this.go();
  }

  /** A button that asks the other languages as well. */
  offer(text) {
    const button = block("button", "cg-search__elsewhere", { type: "button", "data-search-more": "" });
    button.textContent = label("search_more");
    button.addEventListener("click", () => {
      const before = new Set(this.hits.map((hit) => hit.dataset.code));
      this.input.focus();
      this.search(text, true).then(() => {
        const next = this.hits.findIndex((hit) => !before.has(hit.dataset.code));
        if (this.full) this.hits[next]?.focus();
        else if (next >= 0) this.mark(next);
      });
    });
    this.rest.replaceChildren(button);
  }

  show(notes, hits, known) {
    const chosen = this.hits[this.active]?.dataset.code;
    const prefix = this.full ? "" : `${this.list.id}-option`;
    this.notes.replaceChildren(...notes);
    this.list.replaceChildren(...hits.map((hit, number) => known.hitNode(hit, number, prefix, hits)));
    this.mark(chosen ? hits.findIndex((hit) => hit.code.path === chosen) : -1);
  }

  say(state, words) {
    this.state.dataset.searchState = state;
    this.status.textContent = words;
  }

  open() {
    if (!this.panel || this.state.dataset.searchState === "idle") return;
    if (document.activeElement !== this.input || this.dismissed) return;
    this.panel.hidden = false;
    this.fit();
    this.input.setAttribute("aria-expanded", String(this.hits.length > 0));
  }

  /** Keeps the panel above a keyboard on the screen, which only the visual viewport knows of. */
  fit() {
    const { height, offsetTop } = window.visualViewport ?? { height: window.innerHeight, offsetTop: 0 };
    const room = height + offsetTop - this.panel.getBoundingClientRect().top - 8;
    this.panel.style.setProperty("--cg-room", `${Math.max(room, 120)}px`);
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
      // An answer that is still under way must not open again what was closed.
      this.dismissed = true;
      if (this.panel && !this.panel.hidden) this.close();
      else {
        this.input.value = "";
        this.search("");
        this.input.blur();
      }
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      const down = event.key === "ArrowDown";
      this.dismissed = false;
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
    else if (!this.full && isShort(this.input.value)) HTMLFormElement.prototype.submit.call(this.input.form);
  }
}

/** Whether a text can stand in an address: a pasted log may be too long for any host. */
const isShort = (text) => new URLSearchParams({ q: text }).toString().length <= LONGEST_ADDRESS;

/** Keep the query in the address of the search page, so that it can be shared and come back to. */
function remember(text) {
  const here = new URL(location.href);
  if (text && isShort(text)) here.searchParams.set("q", text);
  else here.searchParams.delete("q");
  if (here.href === location.href) return;
  try {
    history.replaceState(history.state, "", here);
  } catch {
    // Safari allows a hundred changes in half a minute; who types on past that is answered all the same.
  }
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
    prepare();
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
