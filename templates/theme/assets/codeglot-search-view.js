/** What the search shows: hits, the stretch of a text that was read, and numbers that are no code. */

const CONTEXT = 32;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== "") node.setAttribute(attribute, value);
  }
  node.append(...children.filter((child) => child !== null && child !== ""));
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

/** An excerpt without the head of the page it may begin with: product, section, code and name are shown beside it. */
function bodyOf(html, name) {
  const at = name ? html.indexOf(`${name}.`) : -1;
  if (at >= 0) return html.slice(0, at).includes("<mark>") ? html : html.slice(at + name.length + 1).trimStart();
  const [first] = html.split(". ", 1);
  return name && first && name.endsWith(first) ? html.slice(first.length + 2) : html;
}

/** An excerpt of Pagefind's, whose only markup is `<mark>`, as nodes. */
function excerptOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.body.childNodes].map((node) =>
    node.nodeName === "MARK" ? element("mark", {}, node.textContent) : document.createTextNode(node.textContent),
  );
}

/**
 * The makers of what is shown. `locale` is the page's, `label(key, values)` gives its words, `address(code)` leads to
 * a code's page, `language(locale)` is a language's own name.
 */
export function createView({ locale, label, address, language }) {
  function hitNode({ code, note, excerpt }, number, prefix) {
    const name = code.names[0] ?? "";
    const foreign = code.locale === locale ? "" : code.locale;
    const line = excerpt
      ? element("span", { class: "cg-hit__line" }, ...excerptOf(bodyOf(excerpt, name)))
      : element("span", { class: "cg-hit__line", lang: foreign }, code.line);
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
      line,
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
