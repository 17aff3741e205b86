/** What the search answers: the resolver's codes and the texts' codes as one list, in this language and in the others. */

import { createResolver, decode } from "./codeglot-resolve.js";
import { partsOf, plain } from "./codeglot-resolve-text.js";
import { Words } from "./codeglot-words.js";

const LONGEST_WORDS = 120;

/** The texts of one locale, which come file by file. */
class Layer {
  constructor(file, codes, fetchFile) {
    const { blocks } = file.words;
    this.words = new Words(file, codes);
    this.missing = blocks.length;
    this.failed = false;
    this.wait();
    let first = 0;
    let before = Promise.resolve();
    blocks.forEach(([count, mark, spelled], number) => {
      const start = first;
      first += count;
      const coming = fetchFile(`text.${file.locale}.${number}.json?${mark}`).catch(() => null);
      // A later file may name a text of an earlier one.
      before = before.then(() => coming).then((rows) => {
        if (rows) this.words.add(start, rows);
        else this.words.lack(spelled);
        this.failed ||= !rows;
        this.arrived();
      });
    });
  }

  wait() {
    this.coming = new Promise((resolve) => {
      this.tell = resolve;
    });
  }

  arrived() {
    this.missing -= 1;
    const { tell } = this;
    this.wait();
    tell();
  }

  /** Waits for a further file; false where all are there. */
  async more() {
    if (!this.missing) return false;
    await this.coming;
    return true;
  }
}

/** Whether words may add something: not to a number, to an identifier or to the words of a log. */
export function asksForWords(text, resolution) {
  if (resolution.kind === "unknown" || text.length > LONGEST_WORDS || text.includes("\n")) return false;
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  return resolution.reads.every(({ kind, text: read }) => kind === "parts" || kind === "near-name" || /^[\p{L} ]+$/u.test(read));
}

/** Whether nothing was found, or only what means the same; what the resolver read is never in doubt. */
export const isDoubtful = (hits) => hits.every((hit) => hit.score !== undefined && !hit.sure && !hit.literal);

/** Whether every word asked for is a whole part of one of the code's names. */
function isSharp(text, code) {
  const asked = partsOf(text.replace(/[^A-Za-z0-9]+/g, "_"));
  return [...code.names, ...code.former].some((name) => {
    const own = new Set(partsOf(name));
    return asked.every((word) => own.has(word) || word === plain(code.product));
  });
}

/**
 * The answers for one page. `file` is the index of its locale, `others` are the site's other locales, `fetchFile(name)`
 * gets a file of the search, `label(key, values)` gives words.
 */
export function createAnswers({ file, others, fetchFile, label }) {
  const { locale } = file;
  const known = createResolver(file);
  const { sections, places } = file.words;
  const order = new Map(known.codes.map((code, number) => [code.path, number]));
  const products = new Map(file.products.map(([id], number) => [id, number]));
  const layers = new Map();

  function layer(wanted) {
    if (!layers.has(wanted)) {
      layers.set(
        wanted,
        wanted === locale
          ? new Layer(file, known.codes, fetchFile)
          : fetchFile(`index.${wanted}.json`)
              .then((other) => new Layer(other, decode(other), fetchFile))
              .catch((error) => {
                layers.delete(wanted);
                throw error;
              }),
      );
    }
    return layers.get(wanted);
  }

  /** What the resolver says, as hits in order: codes meant, then what the digits are in the other base. */
  function resolved(resolution) {
    const hits = new Map();
    const notes = new Map();
    for (const read of resolution.reads) {
      for (const path of read.codes) {
        const code = known.code(path);
        const former = code.former.find((name) => plain(name) === read.value);
        if (former && !code.names.some((name) => plain(name) === read.value)) {
          notes.set(path, label("search_former", { name: former }));
        } else if (read.kind === "near-name" && !notes.has(path)) {
          notes.set(path, label("search_near"));
        }
      }
    }
    for (const path of resolution.codes) hits.set(path, { code: known.code(path), note: notes.get(path), sure: true });
    for (const { codes, other_base } of resolution.reads) {
      if (!codes.length) continue;
      for (const path of other_base) {
        if (!hits.has(path)) hits.set(path, { code: known.code(path), note: label("search_other_base") });
      }
    }
    return [...hits.values()];
  }

  /** Both in one list: names before words, but words as asked before names that are like them only somehow. */
  function combined(text, resolution, sure, most) {
    const found = layer(locale).words.search(text, most);
    const byPath = new Map(found.map((hit) => [hit.code.path, hit]));
    const vague = resolution.kind === "parts" ? sure.filter(({ code }) => !isSharp(text, code)) : [];
    const firm = sure.filter((hit) => !vague.includes(hit));
    const exact = vague.length ? found.filter((hit) => hit.exact) : [];
    const hits = new Map();
    for (const hit of [...firm, ...exact, ...vague, ...found]) {
      const { path } = hit.code;
      if (!hits.has(path)) hits.set(path, { ...byPath.get(path), ...hit });
    }
    return [...hits.values()].slice(0, most);
  }

  /**
   * The hits with those of the other languages: the same codes, with a passage in the language it was found in. Where
   * this language only has words that mean the same, what another says as asked comes first.
   */
  async function elsewhere(text, own, most) {
    const found = await Promise.all(
      others.map(async (other) => {
        const one = await layer(other);
        while (await one.more());
        return one.words.search(text, most);
      }),
    );
    const taken = new Set(own.map((hit) => hit.code.path));
    const added = new Map();
    const said = new Set();
    for (const hit of found.flat().sort((a, b) => b.score - a.score)) {
      const code = known.code(hit.code.path);
      if (hit.exact) said.add(hit.code.path);
      if (!code || taken.has(code.path) || added.has(code.path)) continue;
      added.set(code.path, { ...hit, code, line: hit.code.line, lineLocale: hit.code.locale });
    }
    const more = [...added.values()].slice(0, most);
    if (!isDoubtful(own)) return [...own, ...more];
    const both = own.filter((hit) => said.has(hit.code.path));
    const exact = more.filter((hit) => hit.exact);
    return [...new Set([...both, ...exact, ...own, ...more])].slice(0, most);
  }

  /** Where a code stands, one for each of its meanings: the section's title, and what it means there. */
  function placesOf(code) {
    const place = places[order.get(code.path)];
    const titles = sections[products.get(code.product)];
    if (!Array.isArray(place)) return [{ section: titles[place] ?? "", line: code.line }];
    return place.map(([section, line]) => ({ section: titles[section] ?? "", line }));
  }

  return {
    ...known,
    resolved,
    combined,
    elsewhere: others.length ? elsewhere : null,
    placesOf,
    /** Has the texts come; those that failed to come are asked for once more. */
    prepare() {
      if (layers.get(locale)?.failed) layers.delete(locale);
      layer(locale);
    },
    more: () => layer(locale).more(),
  };
}
