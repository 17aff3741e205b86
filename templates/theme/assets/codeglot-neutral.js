/**
 * Which of the site's languages a reader wants, and the pages behind the links in no language, which ask just that.
 *
 * Such a page has a `<section lang>` for each language with links to that language's pages. One link in each: the
 * reader is led on. Several: the reader's language stays and the others go. Nothing but the page's own links is ever
 * followed, so that an address can lead nowhere else; query and fragment go along.
 */

const CHOICE = "codeglot.locale";

/** What the reader chose here before; empty where there is no choice or the browser keeps nothing. */
export function saved() {
  try {
    return localStorage.getItem(CHOICE) ?? "";
  } catch {
    return "";
  }
}

/** Remember what the reader chose. */
export function save(locale) {
  try {
    localStorage.setItem(CHOICE, locale);
  } catch {
    // A browser that keeps nothing still shows what was chosen.
  }
}

function script(tag) {
  try {
    return new Intl.Locale(tag).maximize().script;
  } catch {
    return undefined;
  }
}

/**
 * The one of `locales` that a language tag asks for; undefined where there is none.
 *
 * The tag itself, then what is left of it when its last parts are cut off (RFC 4647, lookup), then the same language in
 * the same script (zh-TW is zh-Hant), then the same language at all.
 */
export function match(tag, locales) {
  const known = locales.map((locale) => locale.toLowerCase());
  for (let wanted = tag.toLowerCase(); wanted; wanted = wanted.replace(/-?[^-]*$/, "")) {
    if (known.includes(wanted)) return locales[known.indexOf(wanted)];
  }
  const [language] = tag.toLowerCase().split("-");
  const same = locales.filter((_, i) => known[i].split("-")[0] === language);
  return same.find((locale) => script(locale) === script(tag)) ?? same[0];
}

/** The first of `locales` that the browser's languages ask for, in their order; undefined where there is none. */
export function preferred(locales) {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const found = tag && match(tag, locales);
    if (found) return found;
  }
  return undefined;
}

/** The reader's language: the saved choice, then the browser's languages, then `otherwise`. */
export const reader = (locales, otherwise) => {
  const choice = saved();
  return (choice && match(choice, locales)) || preferred(locales) || otherwise;
};

function lead(main) {
  const sections = [...main.querySelectorAll("section[lang]")];
  const own = reader(sections.map((section) => section.lang), document.documentElement.lang);
  const chosen = sections.find((section) => section.lang === own) ?? sections[0];
  for (const link of main.querySelectorAll("a")) {
    link.search = location.search;
    link.hash = location.hash;
  }
  if (main.classList.contains("going")) {
    location.replace(chosen.querySelector("a").href);
    return;
  }
  main.className = "chosen";
  document.documentElement.lang = chosen.lang;
  document.title = chosen.dataset.title;
  for (const section of sections) section.hidden = section !== chosen;
}

const section = document.querySelector("body > main > section[lang]");
if (section) lead(section.parentElement);
