/**
 * Copy buttons: `[data-copy]` puts `data-copy-text`, else the words of the element that `data-copy-from` names, on the
 * clipboard; `data-copy-href` is made absolute and goes on a last line of its own. `data-copied` is what the button says
 * for a moment afterwards, `data-copy-failed` what it says where nothing could be copied. Language links, colors, folded parts and the
 * hint to readers of another language are below.
 */

const SHOWN = 1600;
const timers = new WeakMap();

let announcer;
function announce(words) {
  if (!announcer) {
    announcer = document.createElement("div");
    announcer.className = "cg-announcer";
    announcer.setAttribute("role", "status");
    announcer.setAttribute("aria-live", "polite");
    document.body.append(announcer);
  }
  // The same words twice are said twice only if they were gone in between.
  announcer.textContent = "";
  requestAnimationFrame(() => {
    announcer.textContent = words;
  });
}

function textOf(button) {
  const { copyText, copyFrom, copyHref } = button.dataset;
  const source = copyFrom ? document.getElementById(copyFrom.replace(/^#/, "")) : null;
  const text = copyText ?? source?.innerText.trim() ?? "";
  const link = copyHref ? new URL(copyHref, document.baseURI).href : "";
  return [text, link].filter(Boolean).join("\n");
}

/** For browsers without the clipboard's interface, and for pages that are not served securely. */
function copyBySelection(text) {
  const area = document.createElement("textarea");
  const before = document.activeElement;
  area.value = text;
  area.readOnly = true;
  area.className = "cg-copy-area";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  before?.focus?.({ preventScroll: true });
  return copied;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-copy]") : null;
  if (!button) return;
  event.preventDefault();
  const text = textOf(button);
  if (!text) return;
  const copied = await copy(text);
  const said = (copied ? button.dataset.copied : button.dataset.copyFailed) || "";
  button.dataset.copyState = copied ? "copied" : "failed";
  announce(said || (copied ? "✓" : "✗"));
  clearTimeout(timers.get(button));
  timers.set(button, setTimeout(() => delete button.dataset.copyState, SHOWN));
});

// The language links: the choice is remembered, and query and fragment go along.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-locale-switch][hreflang]") : null;
  if (!link) return;
  try {
    localStorage.setItem("codeglot.locale", link.hreflang);
  } catch {
    // A browser that keeps nothing still follows the link.
  }
  link.search = location.search;
  link.hash = location.hash;
});

// The colors: automatic, light, dark, and round again.
const PALETTE = "codeglot.palette";
const CHOICES = ["auto", "light", "dark"];
const dark = matchMedia("(prefers-color-scheme: dark)");

function choice() {
  try {
    return CHOICES.find((one) => one === localStorage.getItem(PALETTE)) ?? "auto";
  } catch {
    return "auto";
  }
}

function paint(chosen) {
  const scheme = chosen === "dark" || (chosen === "auto" && dark.matches) ? "slate" : "default";
  document.body.setAttribute("data-md-color-scheme", scheme);
  for (const button of document.querySelectorAll("[data-palette-choice]")) {
    button.hidden = button.dataset.paletteChoice !== chosen;
  }
}

paint(choice());
dark.addEventListener("change", () => paint(choice()));
addEventListener("storage", (event) => event.key === PALETTE && paint(choice()));
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-palette-choice]") : null;
  if (!button) return;
  const next = CHOICES[(CHOICES.indexOf(button.dataset.paletteChoice) + 1) % CHOICES.length];
  try {
    localStorage.setItem(PALETTE, next);
  } catch {
    // A browser that keeps nothing still changes this page.
  }
  paint(next);
  document.querySelector(`[data-palette-choice=${next}]`)?.focus();
});

// A word to readers of another language: fetched only where the browser's first language is not the page's, or where the
// site has one language twice, so that its first word does not tell which of them a reader wants.
if (document.querySelector("[data-hint]")) {
  const { locale, variants } = JSON.parse(document.getElementById("codeglot-config").textContent);
  const language = (tag) => tag.split("-")[0].toLowerCase();
  if (variants || language(navigator.languages?.[0] ?? "") !== language(locale)) import("./codeglot-hint.js");
}

// A link into something folded unfolds it; not every browser does so by itself.
function unfold() {
  // Addresses of what is folded need no escapes.
  const target = document.getElementById(location.hash.slice(1));
  for (let fold = target?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
  if (target?.closest("details")) target.scrollIntoView({ block: "nearest" });
}

addEventListener("hashchange", unfold);
unfold();
// The same link again changes no address.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='#']") : null;
  if (link && link.hash === location.hash) unfold();
});
