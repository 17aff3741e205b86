/**
 * Any spelling of a code, a name or a whole log line, and the codes meant by it: the twin of generator/resolve.
 *
 * The same text gives the same answer there and here, field by field; tests/cases/resolve.json holds both to it. Words
 * and patterns come with the index, so that there is one copy of them. Positions count Unicode code points.
 */

import { layoutOf, readNames, readNear, readPhrase } from "./codeglot-resolve-names.js";
import { compiled, readNumbers } from "./codeglot-resolve-numbers.js";
import { SMALLEST_BARE } from "./codeglot-resolve-standing.js";
import { abs, compare, distinct, escaped, fold, lower, plain } from "./codeglot-resolve-text.js";

const WORD_SIZE = 1n << 32n;
const NEIGHBOURS = 4;
const REACH = 100n;
const LONGEST_QUERY = 100;

/** The codes of the browser's file (`browser_file` in generator/resolve/index.py says how it is laid out). */
export function decode(file) {
  return file.codes.map(([product, code, names = "", line = "", former = "", flags = 0, meanings = 0, spoken = "", meant = ""]) => {
    const [id, title, titles = []] = file.products[product];
    const [slug, symbol, values] = Array.isArray(code) ? code : [code, 0, [code]];
    return {
      path: `${id}/${slug}`,
      product: id,
      title,
      titles,
      slug,
      symbol: typeof symbol === "string" ? symbol : "",
      bounds: Array.isArray(symbol) ? symbol.map(BigInt) : null,
      values: (values ?? []).map(BigInt),
      names: names ? names.split(" ") : [],
      former: former ? former.split(" ") : [],
      meant: meant ? meant.split(" ") : [],
      retired: flags === 1,
      meanings: meanings || 1,
      line,
      locale: spoken || file.locale,
    };
  });
}

/** What names a product in a folded text, with the mark that may tie it to a number. */
function mention(names) {
  const ascii = (character) => character < "\u0080";
  const every = names
    .sort((a, b) => compare([-a.length, a], [-b.length, b]))
    .map((name) => `${ascii(name[0]) ? "(?<![a-z0-9])" : ""}${escaped(name)}${ascii(name.at(-1)) ? "(?![a-z]|[0-9]{1,2}(?![0-9]))" : ""}`);
  return new RegExp(`(?:${every.join("|")})[-_:/#]?`, "g");
}

const begins = (title, words) =>
  words.length > 1 && title.startsWith(words) && !/^[a-z0-9]{2}/.test(title.slice(words.length - 1));

function push(map, name, path) {
  const known = map.get(name);
  if (!known) map.set(name, [path]);
  else if (!known.includes(path)) known.push(path);
}

class Lookup {
  constructor(codes) {
    this.codes = new Map(codes.map((code) => [code.path, code]));
    this.paths = codes.map((code) => code.path);
    this.order = new Map(this.paths.map((path, position) => [path, position]));
    this.products = new Set(codes.map((code) => lower(code.product)));
    this.titles = new Map(codes.map((code) => [lower(code.product), code.titles]));
    this.mentions = [...this.products].sort().map((product) => [product, mention([product, ...this.titles.get(product)])]);
    this.names = new Map();
    this.former = new Map();
    this.spellings = new Map();
    this.longest = 0;
    this.byValue = new Map();
    this.ranges = codes.filter((code) => code.bounds);
    this.sorted = new Map();
    const sort = (code, value) => {
      if (!this.sorted.has(code.product)) this.sorted.set(code.product, []);
      this.sorted.get(code.product).push([value, code.path]);
    };
    for (const code of codes) {
      for (const value of code.values) {
        const known = this.byValue.get(value);
        if (known) known.push(code.path);
        else this.byValue.set(value, [code.path]);
        sort(code, value);
      }
      if (code.bounds) sort(code, code.bounds[0]);
      const names = [...code.names, ...(code.symbol ? [code.symbol] : []), ...code.meant];
      for (const name of names) this.name(this.names, name, code.path);
      for (const name of code.former) this.name(this.former, name, code.path);
    }
    for (const pairs of this.sorted.values()) {
      pairs.sort((a, b) => compare([a[0], this.order.get(a[1])], [b[0], this.order.get(b[1])]));
    }
  }

  name(table, name, path) {
    const key = plain(name);
    if (!key || /^[0-9]+$/.test(key)) return;
    push(table, key, path);
    push(this.spellings, key, name);
    this.longest = Math.max(this.longest, key.length);
  }

  ranked(paths, favoured = new Set()) {
    const rank = (path) => {
      const code = this.codes.get(path);
      return [favoured.has(lower(code.product)) ? 0 : 1, code.retired ? 1 : 0, this.order.get(path)];
    };
    return distinct(paths).sort((a, b) => compare(rank(a), rank(b)));
  }

  wanted(product, products) {
    return !products.size || products.has(lower(product));
  }

  number(value, products, signs = true) {
    const wrapped = value >= 0n ? value - WORD_SIZE : value + WORD_SIZE;
    const [least, most] = value < wrapped ? [value, wrapped] : [wrapped, value];
    const within = -(WORD_SIZE / 2n) <= least && most < WORD_SIZE;
    const others = signs ? [-value, ...(within && abs(wrapped) >= SMALLEST_BARE ? [-wrapped] : [])] : [];
    for (const candidate of [value, ...(within ? [wrapped] : []), ...others]) {
      const ranges = this.ranges.filter(({ bounds }) => bounds[0] <= candidate && candidate <= bounds[1]);
      const found = [...(this.byValue.get(candidate) ?? []), ...ranges.map((code) => code.path)].filter((path) =>
        this.wanted(this.codes.get(path).product, products),
      );
      if (found.length) return this.ranked(found);
    }
    return [];
  }

  /** The products that a folded text names, by their id or a title of theirs, or by how a title begins. */
  mentioned(text) {
    const words = text.length <= LONGEST_QUERY ? text.replace(/(?<![a-z_])[0-9][0-9a-fx]*/g, " ") : "";
    const rest = words.replace(/^[ \n#:=,.?!-]+|[ \n#:=,.?!-]+$/g, "");
    const found = this.mentions.filter(
      ([product, pattern]) => text.search(pattern) >= 0 || this.titles.get(product).some((title) => begins(title, rest)),
    );
    return new Set(found.map(([product]) => product));
  }

  neighbours(value, products) {
    const near = [];
    for (const [product, pairs] of this.sorted) {
      if (!this.wanted(product, products)) continue;
      let [low, high] = [0, pairs.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (pairs[middle][0] < value) low = middle + 1;
        else high = middle;
      }
      for (const [at, path] of pairs.slice(Math.max(low - 1, 0), low + 1)) {
        near.push([abs(at - value), at, this.order.get(path), path]);
      }
    }
    near.sort(compare);
    const nearest = near.length ? 2n * near[0][0] : 0n;
    const reach = nearest > REACH ? nearest : REACH;
    const within = near.slice(0, NEIGHBOURS).filter((found) => found[0] <= reach);
    const chosen = within.sort((a, b) => compare(a.slice(1), b.slice(1)));
    return distinct(chosen.map((found) => found[3]));
  }

  ambiguity(codes, other) {
    const known = codes.map((path) => this.codes.get(path));
    const products = new Set(known.map((code) => code.product));
    const found = [];
    if (products.size > 1) found.push("product");
    if (codes.length > products.size) found.push("code");
    if (known.some((code) => code.meanings > 1)) found.push("meaning");
    if (codes.length && other.length) found.push("base");
    return found;
  }
}

const DOUBTFUL = new Set(["near-name", "parts"]);

function kindOfAll(reads, certain) {
  if (certain) return "codes";
  const kinds = new Set(reads.filter((read) => read.codes.length).map((read) => read.kind));
  if (kinds.has("near-name")) return "near";
  if (kinds.has("parts")) return "parts";
  return reads.length ? "unknown" : "none";
}

/**
 * A resolver over one file of codes.
 *
 * `resolve(text)` gives `{kind, reads, codes}`: what became of the text ("codes", "near", "parts", "unknown", "none"),
 * each stretch that was read, and the paths of all codes meant. `code(path)` gives what is known of one code.
 */
export function createResolver(file) {
  const codes = decode(file);
  const lookup = new Lookup(codes);
  const grammar = compiled(file.grammar);
  // Now rather than at the first keystroke.
  layoutOf(lookup);
  return {
    codes,
    code: (path) => lookup.codes.get(path),
    resolve(text) {
      const folded = fold(text, file.longest);
      const names = readNames(folded, lookup);
      const spans = names.map(([, span]) => span);
      const exact = [...names.map(([read]) => read), ...readNumbers(folded, lookup, grammar, spans)];
      const found = [...exact, ...readNear(folded, lookup, spans)];
      const reads = found.length
        ? found.sort((a, b) => compare([a.start, a.end], [b.start, b.end]))
        : readPhrase(folded, lookup);
      const certain = reads.filter((read) => !DOUBTFUL.has(read.kind)).flatMap((read) => read.codes);
      const guessed = reads.filter((read) => DOUBTFUL.has(read.kind)).flatMap((read) => read.codes);
      return { kind: kindOfAll(reads, certain.length > 0), reads, codes: distinct([...certain, ...guessed]) };
    },
  };
}
