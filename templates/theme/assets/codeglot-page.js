/**
 * Copy buttons: `[data-copy]` puts `data-copy-text`, else the words of the element that `data-copy-from` names, on the
 * clipboard; `data-copy-href` is made absolute and goes on a last line of its own. `data-copied` is what the button says
 * for a moment afterwards, `data-copy-failed` what it says where nothing could be copied. Language links are below.
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
