/** What the search shows: hits, the stretch of a text that was read, and numbers that are no code. */

const CONTEXT = 32;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") node.setAttribute(attribute, value);
  }
  node.append(...children.filter((child) => child));
  return node;
}

const spelled = (code) => {
  if (code.symbol) return code.symbol;
  if (code.bounds) return code.bounds.join("–");
  return code.values.join(", ");
};
const hexadecimal = (code) =>
  code.values.length === 1 && code.values[0] > 9n ? `0x${code.values[0].toString(16).toUpperCase()}` : "";

/** A name that may be broken behind its underscores, and nowhere else. */
const breakable = (name) => name.split(/(?<=_)(?=[^_])/).flatMap((part, i) => (i ? [element("wbr"), part] : [part]));

/** A passage, whose pieces are strings and what was asked for. */
const passageNodes = (parts) => parts.map((part) => (part.mark ? element("mark", {}, part.mark) : part));

/** A description with what the line says behind it, where the line tells codes apart that share a description. */
function withRest(parts, line) {
  const text = parts.map((part) => part.mark ?? part).join("");
  const said = text.replace(/[ .:;。：；]+$/, "");
  if (!line.startsWith(said) || line.length < text.length + 2) return parts;
  let left = said.length;
  const kept = [];
  for (const part of parts) {
    const own = (part.mark ?? part).slice(0, left);
    left -= own.length;
    if (own) kept.push(part.mark ? { mark: own } : own);
  }
  return [...kept, line.slice(said.length)];
}

const startsAlike = (parts, line) =>
  parts.map((part) => part.mark ?? part).join("").startsWith(line.slice(0, 12)) && line !== "";

const LABELLED = new Set(["cause", "solution", "cause_and_solution"]);

/**
 * The makers of what is shown. `locale` is the page's, `label(key, values)` gives its words, `address(code)` leads to
 * a code's page, `language(locale)` is a language's own name, `placesOf(code)` says where a code stands.
 */
export function createView({ locale, label, address, language, placesOf }) {
  /** What a code means: its line and the passage found in it; for several meanings a line of each. */
  function aboutNodes({ code, passage, field, locale: spoken = locale, line = code.line, lineLocale = code.locale }, hits) {
    const foreign = (one) => (one === locale ? "" : one);
    const places = placesOf(code);
    const found = passage && element(
      "span",
      { class: "cg-hit__line", lang: foreign(spoken) },
      LABELLED.has(field) && element("span", { class: "cg-hit__field", lang: foreign(spoken) && locale }, label(`search_${field}`)),
      LABELLED.has(field) && " ",
      ...passageNodes(field === "description" && spoken === code.locale ? withRest(passage, line) : passage),
    );
    // A table may have nothing but causes: then the line is one, too.
    const told = passage && (field === "description" || startsAlike(passage, line));
    if (places.length > 1) {
      const lines = places.map(({ section, line: own }) =>
        element(
          "span",
          { class: "cg-hit__line" },
          element("span", { class: "cg-hit__section" }, section),
          " ",
          element("span", { lang: foreign(code.locale) }, own),
        ),
      );
      return [...lines, told ? "" : found].filter(Boolean);
    }
    const alike = hits.some((hit) => hit.code !== code && hit.code.product === code.product && hit.code.line === code.line);
    const section = (alike || field === "title") && places[0].section;
    return [
      section && element("span", { class: "cg-hit__line cg-hit__section" }, section),
      !told && element("span", { class: "cg-hit__line", lang: foreign(lineLocale) }, line),
      found,
    ].filter(Boolean);
  }

  function hitNode(hit, number, prefix, hits) {
    const { code, note } = hit;
    const name = code.names[0] ?? "";
    const spoken = hit.locale && hit.locale !== locale ? hit.locale : code.locale;
    const foreign = spoken === locale ? "" : spoken;
    return element(
      "a",
      {
        class: "cg-hit",
        href: address(code),
        "data-code": code.path,
        id: prefix && `${prefix}-${number}`,
        role: prefix && "option",
        "aria-selected": prefix && "false",
        tabindex: prefix && "-1",
      },
      element(
        "span",
        { class: "cg-hit__head" },
        element("span", { class: "cg-hit__value" }, spelled(code)),
        " ",
        name && element("span", { class: "cg-hit__name" }, ...breakable(name)),
        name && " ",
        hexadecimal(code) && element("span", { class: "cg-hit__hex" }, hexadecimal(code)),
      ),
      " ",
      element(
        "span",
        { class: "cg-hit__about" },
        element("span", { class: "cg-hit__product" }, code.title),
        code.retired ? element("span", { class: "cg-hit__note cg-hit__note--retired" }, label("search_retired")) : "",
        foreign ? element("span", { class: "cg-hit__note", lang: foreign }, language(foreign)) : "",
        note ? element("span", { class: "cg-hit__note" }, note) : "",
      ),
      " ",
      ...aboutNodes(hit, hits),
    );
  }

  /** The text with the stretches marked that were read as codes; nothing where the whole text is one. */
  function readNode(text, resolution) {
    const reads = resolution.reads.filter((read) => read.kind !== "parts");
    const characters = [...text];
    const [first] = reads;
    if (!first || (reads.length === 1 && characters.slice(first.start, first.end).join("") === text.trim())) return null;
    const pieces = [];
    let position = Math.max(0, first.start - CONTEXT);
    if (position) pieces.push("…");
    for (const read of reads) {
      if (read.start < position) continue;
      const between = characters.slice(position, read.start);
      pieces.push(between.length > 2 * CONTEXT
        ? `${between.slice(0, CONTEXT).join("")} … ${between.slice(-CONTEXT).join("")}`
        : between.join(""));
      pieces.push(element("mark", { "data-read": read.kind }, read.text));
      position = read.end;
    }
    pieces.push(characters.slice(position, position + CONTEXT).join(""));
    if (characters.length > position + CONTEXT) pieces.push("…");
    return element(
      "p",
      { class: "cg-search__read", "data-search-read": "true" },
      element("span", { class: "cg-search__label" }, label("search_read")),
      " ",
      element("q", {}, ...pieces),
    );
  }

  /** A number that is no code: it says so, and offers what lies near it without calling it an answer. */
  function unknownNode(known, read) {
    const offer = (paths, key) =>
      paths.length
        ? element(
            "p",
            { class: "cg-search__near" },
            element("span", { class: "cg-search__label" }, label(key)),
            ...paths.flatMap((path) => {
              const code = known.code(path);
              const words = [spelled(code), code.names[0], code.title].filter(Boolean).join(" · ");
              return [" ", element("a", { href: address(code), "data-neighbour": path }, ...breakable(words))];
            }),
          )
        : "";
    return element(
      "div",
      { class: "cg-search__unknown", "data-unknown-code": read.value },
      element("p", {}, label("search_unknown", { code: read.text })),
      offer(read.other_base, "search_other_base_unknown"),
      offer(read.neighbours, "search_neighbours"),
    );
  }

  return { hitNode, readNode, unknownNode };
}
