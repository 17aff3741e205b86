/**
 * The 404 page: what an address that leads nowhere may have meant.
 *
 * An address that means exactly one code leads on to it, in the address's language (in the reader's below `e/`), with
 * its query and fragment. Otherwise the page says what it found: codes to choose from (`a[data-code]`), or that a number
 * is no code (`[data-unknown-code]`), with its section and the nearest codes (`data-neighbour`). Only addresses made
 * from the site's own index are ever led to, and none that is the present one, so it can neither leave the site nor
 * turn in a circle. Without scripts the page says what it says.
 */

import { match, reader } from "./codeglot-neutral.js";

const config = JSON.parse(document.getElementById("codeglot-config").textContent);
const words = JSON.parse(document.getElementById("codeglot-notfound").textContent);
const base = new URL(config.root, location.href);

const OWN = new Set(["api", "assets", "discrepancies", "rules", "search"]);
/** Addresses of the site itself that are no code's. */
const EXTENSION = /\.(?:html?|md|json|txt)$/i;
const MOST = 8;

const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

function decoded(segment) {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What an address is made of: its locale, what stands behind that, and whether it is in no language. */
function read(path) {
  const segments = path.split("/").map(decoded).filter(Boolean);
  const [first = ""] = segments;
  const known = config.locales.map((entry) => entry.locale);
  if (first.toLowerCase() === "e") {
    return { locale: reader(known, config.source_locale), rest: segments.slice(1), neutral: true };
  }
  const named = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(first) ? match(first, known) : undefined;
  return { locale: named ?? config.source_locale, rest: segments.slice(named ? 1 : 0), neutral: false };
}

const prefixOf = (locale) => config.locales.find((entry) => entry.locale === locale).prefix;

async function fetched(name) {
  const answer = await fetch(new URL(`assets/codeglot/${name}`, base));
  if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
  return answer.json();
}

/** Whether what was read is all there is, but for signs and the product's name. */
function whole(text, reads, product) {
  const left = [...text].map((sign, i) => (reads.some(({ start, end }) => start <= i && i < end) ? " " : sign)).join("");
  return !/[\p{L}\p{N}]/u.test(product ? left.replaceAll(new RegExp(`\\b${product}\\b`, "gi"), " ") : left);
}

const DOUBTFUL = new Set(["near-name", "parts"]);

/** What a text means below a product, or below none: the codes, whether they are sure, and whether that is all of it. */
function meaning(known, text, product) {
  const ours = (path) => !product || known.code(path).product === product;
  const slug = text.toLowerCase();
  const exact = known.codes.filter((code) => code.slug === slug && ours(code.path)).map((code) => code.path);
  if (exact.length) return { codes: exact, sure: true, alone: true, unknown: [] };
  let answer = { codes: [], sure: false, alone: false, unknown: [] };
  for (const asked of product ? [text, `${product}/${text}`] : [text]) {
    const { reads } = known.resolve(asked);
    const mentioned = product ?? known.codes.find((code) => new RegExp(`\\b${code.product}\\b`, "i").test(asked))?.product;
    for (const sure of [true, false]) {
      const taken = reads.filter((one) => DOUBTFUL.has(one.kind) !== sure && one.codes.some(ours));
      const codes = [...new Set(taken.flatMap((one) => one.codes.filter(ours)))];
      const near = sure || taken.every((one) => one.kind === "near-name");
      if (codes.length) return { codes, sure, alone: near && whole(asked, taken, mentioned), unknown: [] };
    }
    answer = { ...answer, unknown: reads.filter((one) => !one.codes.length) };
  }
  return answer;
}

/** The page below the locale's prefix that an address means without naming a code; empty where it means none. */
async function pageOf({ locale, rest, neutral }, known) {
  if (neutral) return "";
  const path = `${rest.join("/").replace(/(?:^|\/)index\.(?:html?|md)$/i, "").toLowerCase()}/`;
  if (path === "/") return "./";
  if (known.codes.some((code) => `${code.product}/` === path)) return path;
  if (["search/", "discrepancies/", "rules/"].includes(path)) return path;
  const rule = /^rules\/([a-z][0-9]{3})\/$/.exec(path);
  if (rule) return `rules/${rule[1].toUpperCase()}/`;
  if (!path.includes("/sections/")) return "";
  const sections = await fetched(`sections.${locale}.json`);
  return sections.find((section) => section[3] === path)?.[3] ?? "";
}

/** Leave for a page of the site, with query and fragment; false where that is the present address. */
function leave(locale, path) {
  const target = new URL(prefixOf(locale) + path, base);
  if (target.pathname === location.pathname) return false;
  target.search = location.search;
  target.hash = location.hash;
  location.replace(target);
  return true;
}

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) if (value) node.setAttribute(attribute, value);
  node.append(...children.filter(Boolean));
  return node;
}

function codeNode(known, path, attribute) {
  const code = known.code(path);
  const spelled = code.symbol || code.bounds?.join("–") || code.values.join(", ");
  const name = code.names[0] ?? "";
  return element(
    "li",
    {},
    element(
      "a",
      { href: new URL(`${config.home}${path}/`, base).href, [attribute]: path },
      element("code", {}, spelled),
      name && " ",
      name && element("code", { class: "cg-name" }, ...name.split(/(?<=_)/).flatMap((part) => [part, element("wbr")])),
    ),
    " ",
    element("span", { class: "cg-notfound__product" }, code.title),
    code.line ? " " : "",
    code.line && element("span", { class: "cg-notfound__line", lang: code.locale === config.locale ? "" : code.locale }, code.line),
  );
}

const listOf = (known, codes, attribute) =>
  element("ul", { class: "cg-notfound__codes" }, ...codes.slice(0, MOST).map((path) => codeNode(known, path, attribute)));

/** The number of the stretch of numbers, of a thousand or of 0x1000, in which a number lies. */
const block = (value, size) => (value < 0n ? (value + 1n) / size - 1n : value / size);

async function unknownNode(known, one, product) {
  const value = BigInt(one.value);
  const size = one.kind === "decimal" ? 1000n : 4096n;
  const sections = (await fetched(`sections.${config.locale}.json`).catch(() => [])).filter(
    ([owner, , , , runs]) =>
      (!product || owner === product) &&
      runs.some(([first, last]) => block(BigInt(first), size) <= block(value, size) && block(value, size) <= block(BigInt(last), size)),
  );
  const titles = new Map(known.codes.map((code) => [code.product, code.title]));
  const lists = [
    ["notfound_block", sections.map(([owner, title, lang, path]) =>
      element("li", {},
        element("a", { href: new URL(config.home + path, base).href, lang: lang === config.locale ? "" : lang, "data-section": path }, title),
        " ", element("span", { class: "cg-notfound__product" }, titles.get(owner) ?? owner)))],
    ["search_other_base_unknown", one.other_base.map((path) => codeNode(known, path, "data-neighbour"))],
    ["search_neighbours", one.neighbours.map((path) => codeNode(known, path, "data-neighbour"))],
  ];
  return element(
    "div",
    { "data-unknown-code": one.value },
    element("p", { class: "cg-notfound__said" }, say("search_unknown", { code: one.text.split("/").at(-1) })),
    ...lists.filter(([, items]) => items.length).flatMap(([key, items]) => [
      element("p", {}, say(key)),
      element("ul", { class: "cg-notfound__codes" }, ...items),
    ]),
  );
}

/** Say on the page what was found. */
async function show(known, text, answer, product) {
  const nodes = [];
  if (answer.codes.length) {
    const key = answer.sure && answer.codes.length > 1 ? "notfound_several" : "notfound_near";
    nodes.push(element("p", { class: "cg-notfound__said" }, say(key, { text })), listOf(known, answer.codes, "data-code"));
  }
  for (const one of answer.unknown.slice(0, 1)) nodes.push(await unknownNode(known, one, product));
  const search = document.querySelector("[data-search-link]");
  search.textContent = say("notfound_search", { text });
  search.search = `?${new URLSearchParams({ q: text })}`;
  if (!nodes.length) return;
  const place = document.querySelector("[data-not-found-answer]");
  place.replaceChildren(...nodes);
  place.hidden = false;
  document.querySelector("[data-not-found-text]").hidden = true;
}

/** Put the locale's own 404 page in the place of this one. */
async function place(locale) {
  const answer = await fetch(new URL(`${prefixOf(locale)}404.html`, base));
  if (!answer.ok) return false;
  // A module runs once under one address, and those of the page that goes have run already.
  const text = (await answer.text()).replace(/(\.js)("[^>]*type="module")/g, "$1?placed$2");
  window.codeglotPlaced = true;
  document.open();
  document.write(text);
  document.close();
  return true;
}

/** Whether the reader is led on, or the page of another language takes over. */
async function settle() {
  if (!location.pathname.startsWith(base.pathname)) return false;
  const path = location.pathname.slice(base.pathname.length);
  const where = read(path);
  const [{ createResolver }, index] = await Promise.all([
    import("./codeglot-resolve.js"),
    fetched(`index.${where.locale}.json`),
  ]);
  const known = createResolver(index);
  const page = await pageOf(where, known);
  if (page && leave(where.locale, page)) return true;

  const rest = where.rest.map((segment) => segment.replace(EXTENSION, "")).filter((segment) => segment !== "index");
  const product = known.codes.find((code) => rest.length > 1 && code.product === rest[0].toLowerCase())?.product;
  const asked = product ? rest.slice(1) : rest;
  const text = asked.join(" ").trim();
  const nothing = !text || (!where.neutral && OWN.has(rest[0].toLowerCase()));
  const answer = nothing ? { codes: [], unknown: [] } : meaning(known, text, product);
  const [only] = answer.codes;
  if (answer.codes.length === 1 && answer.alone && asked.length === 1 && leave(where.locale, `${only}/`)) return true;

  if (where.locale !== config.locale && !window.codeglotPlaced && (await place(where.locale))) return true;
  if (!nothing) await show(known, text, asked.length === 1 ? answer : { ...answer, unknown: [] }, product);
  return false;
}

let gone = false;
try {
  gone = await settle();
} catch {
  // Without its index the page still says what it says.
}
if (!gone) document.documentElement.style.visibility = "";
