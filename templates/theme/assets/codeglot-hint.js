/**
 * Offers the page in the reader's own language: shows the `[data-hint]` of the browser's first language that the site
 * has, unless that is the page's, the reader has chosen a language here, or has sent the hint away before. It lies over
 * the page's lower edge, so that nothing moves.
 */

import { preferred, save, saved } from "./codeglot-neutral.js";

const DISMISSED = "codeglot.hint";

function dismissed() {
  try {
    return localStorage.getItem(DISMISSED) !== null;
  } catch {
    return false;
  }
}

const config = JSON.parse(document.getElementById("codeglot-config").textContent);
const wanted = preferred(config.locales.map((entry) => entry.locale));
const hint = [...document.querySelectorAll("[data-hint]")].find((one) => one.lang === wanted);
if (hint && wanted !== config.locale && !saved() && !dismissed()) {
  hint.hidden = false;
  hint.querySelector("[data-hint-follow]").addEventListener("click", ({ currentTarget: link }) => {
    save(wanted);
    link.search = location.search;
    link.hash = location.hash;
  });
  hint.querySelector("[data-hint-dismiss]").addEventListener("click", () => {
    try {
      localStorage.setItem(DISMISSED, config.locale);
    } catch {
      // A browser that keeps nothing asks again on the next page.
    }
    hint.remove();
    document.getElementById("content")?.focus({ preventScroll: true });
  });
}
