/**
 * Full text: which codes' texts speak of what was asked, in one locale.
 *
 * The texts are few enough to look through all of them at each key. A question is cut into units, which are words of an
 * alphabet or single characters of the other scripts; every text says how well it holds each unit, and a code is as good
 * as its texts are. What is looked up beside the words themselves (endings, particles, words that mean the same) comes
 * with the index: `About` in generator/words/about.py says how it is laid out.
 */

import { Question } from "./codeglot-words-question.js";
import { amountsFinder, fold, innerWords, pieces, slips, squeezed, stemmer, wordsIn } from "./codeglot-words-text.js";

/** The kinds of texts that come with the index, behind those that the files number. */
const [NAME, FORMER, TITLE] = [5, 6, 7];
/** What it is worth that words stand in a text of each kind: description, cause, solution, both, other, and the three. */
const WORTH = [1, 0.85, 0.75, 0.8, 0.7, 0.95, 0.8, 0.4];
/** What may stand for a code, the best first. */
const SPEAKING = [0, 1, 3, 2, 4];

/** How well a word is held: itself, a form of it, its beginning, inside a longer word, misspelled. Exact in 32 bits. */
const [EXACT, FORM, BEGUN, INSIDE, SLIPPED] = [1, 0.9375, 0.875, 0.5625, 0.5];

const SHORTEST_INSIDE = 4;
const SHORTEST_SLIPPED = 5;
const TWO_SLIPS = 9;
const isWord = (form) => /^\*?[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]/u.test(form);

/** The texts of one locale. `file` is its index, `codes` the codes of that index as the resolver decodes them. */
export class Words {
  constructor(file, codes) {
    const { speech, concepts, places, sections, units } = file.words;
    this.locale = file.locale;
    this.codes = codes;
    this.stem = stemmer(speech.endings);
    this.particles = [...speech.particles].sort((a, b) => b.length - a.length);
    this.asking = new Set(speech.asking);
    this.askingRuns = speech.asking.filter((word) => !isWord(word)).sort((a, b) => b.length - a.length);
    /** Every text that differs from the others, and which codes say it: code, kind and worth in turn. */
    this.docs = [];
    this.byText = new Map();
    /** The texts that the files spell out, in their order; later ones are named by their number, from 1. */
    this.spelled = [];
    /** Texts one behind the other, and where each begins: looked through as one. */
    this.stacks = [];
    this.postings = new Map();
    this.amountsIn = amountsFinder(units);
    /** For each amount the texts that speak of it, and how they write it, squeezed. */
    this.amounts = new Map();
    this.stems = new Map();
    this.concepts = concepts.map(([own, others]) => ({ own: own.map(formOf), typed: [...own, ...others].map(formOf) }));
    this.typed = this.typedForms();
    this.addTitles(file.products, sections, places);
    codes.forEach((code, number) => {
      for (const name of code.symbol ? [code.symbol, ...code.names] : code.names) this.addText(number, NAME, name);
      for (const name of code.former) this.addText(number, FORMER, name);
    });
    this.stack();
  }

  addTitles(products, sections, places) {
    const numbers = new Map(products.map(([id], number) => [id, number]));
    this.codes.forEach((code, number) => {
      const product = numbers.get(code.product);
      const place = places[number];
      for (const section of Array.isArray(place) ? new Set(place.map(([one]) => one)) : [place]) {
        this.addText(number, TITLE, `${code.title} (${code.product}) ${sections[product][section] ?? ""}`);
      }
    });
  }

  /** A file that did not come: how many texts it would have spelled out. */
  lack(count) {
    this.spelled.length += count;
  }

  /** The texts of the codes from `first` on, as their file has them; the files come in their order. */
  add(first, texts) {
    texts.forEach((row, position) => {
      const code = first + position;
      const kinds = row.filter((_, i) => i % 2 === 0);
      // Where a table has no description, what stands in its place is worth as much.
      const chief = SPEAKING.find((kind) => kinds.includes(kind));
      for (let i = 0; i < row.length; i += 2) {
        const said = row[i + 1];
        if (typeof said === "string") this.spelled.push(said);
        const text = said === 0 ? this.codes[code].line : typeof said === "number" ? this.spelled[said - 1] : said;
        if (text) this.addText(code, row[i], text, row[i] === chief ? 1 : WORTH[row[i]]);
      }
    });
    this.stack();
  }

  addText(code, kind, text, worth = WORTH[kind]) {
    let doc = this.byText.get(text);
    if (doc === undefined) {
      doc = this.docs.length;
      this.byText.set(text, doc);
      const folded = fold(text);
      this.docs.push({ text, folded, squeezed: squeezed(folded), uses: [] });
      for (const word of new Set([...wordsIn(folded), ...innerWords(text)])) this.post(word, doc);
      for (const { key, start, end } of this.amountsIn(folded)) {
        if (!this.amounts.has(key)) this.amounts.set(key, []);
        this.amounts.get(key).push([doc, squeezed(folded.slice(start, end))]);
      }
    }
    this.docs[doc].uses.push(code, kind, worth);
  }

  post(word, doc) {
    const known = this.postings.get(word);
    if (known) {
      known.push(doc);
      return;
    }
    this.postings.set(word, [doc]);
    const stem = this.stem(word);
    const forms = this.stems.get(stem);
    if (forms) forms.push(word);
    else this.stems.set(stem, [word]);
  }

  stack() {
    const from = this.stacks.reduce((sum, one) => sum + one.starts.length, 0);
    const starts = [];
    let length = 0;
    const texts = this.docs.slice(from).map((doc) => {
      starts.push(length);
      length += doc.squeezed.length + 1;
      return doc.squeezed;
    });
    if (starts.length) this.stacks.push({ from, starts, text: texts.join("\n") });
    for (const concept of this.concepts) concept.docs = null;
  }

  /** Calls `found` with every text that holds a squeezed string. */
  holding(string, found) {
    for (const { from, starts, text } of this.stacks) {
      let doc = 0;
      for (let at = text.indexOf(string); at >= 0; ) {
        while (doc + 1 < starts.length && starts[doc + 1] <= at) doc += 1;
        found(from + doc);
        at = doc + 1 < starts.length ? text.indexOf(string, starts[doc + 1]) : -1;
      }
    }
  }

  /** The concepts by the words that name them: the stem of their first word, else beginnings, else strings. */
  typedForms() {
    const typed = { stems: new Map(), begun: [], strings: [] };
    this.concepts.forEach((concept) => {
      for (const form of concept.typed) {
        if (!form.words) typed.strings.push([form, concept]);
        else if (form.begins || form.inside) typed.begun.push([form, concept]);
        else {
          const stem = this.stem(form.words[0]);
          if (!typed.stems.has(stem)) typed.stems.set(stem, []);
          typed.stems.get(stem).push([form, concept]);
        }
      }
    });
    return typed;
  }

  /** The texts that speak of a concept. */
  speaking(concept) {
    if (concept.docs) return concept.docs;
    const docs = new Set();
    concept.said = { words: new Set(), strings: new Set() };
    for (const form of concept.own) {
      if (!form.words) {
        concept.said.strings.add(form.string);
        this.holding(form.string, (doc) => docs.add(doc));
        continue;
      }
      const forms = form.words.map((word, i) => (i < form.words.length - 1 ? [word] : this.formsOf(word, form)));
      const [first, ...rest] = forms.map((some) => new Set(some.flatMap((word) => this.postings.get(word) ?? [])));
      for (const doc of first) {
        if (!rest.every((some) => some.has(doc))) continue;
        if (rest.length && !this.docs[doc].folded.includes(form.words.join(" "))) continue;
        docs.add(doc);
        forms.flat().forEach((word) => concept.said.words.add(word));
      }
    }
    concept.docs = docs;
    return docs;
  }

  formsOf(word, { begins, inside }) {
    if (!begins && !inside) return this.stems.get(this.stem(word)) ?? [];
    return [...this.postings.keys()].filter((known) => (inside ? known.includes(word) : known.startsWith(word)));
  }

  /** The words of the texts that a typed word may mean, each with how well; `open` while it is being typed. */
  wordsLike(word, open) {
    const found = new Map();
    const add = (known, quality) => found.set(known, Math.max(quality, found.get(known) ?? 0));
    if (this.postings.has(word)) add(word, EXACT);
    for (const known of this.stems.get(this.stem(word)) ?? []) add(known, FORM);
    const deep = word.length >= SHORTEST_INSIDE && !/^\p{N}+$/u.test(word);
    if (open || deep) {
      for (const known of this.postings.keys()) {
        if (known.length <= word.length) continue;
        const at = known.indexOf(word);
        if (at === 0 && (open || deep)) add(known, open ? BEGUN : INSIDE);
        else if (at > 0 && deep) add(known, INSIDE);
      }
    }
    if (found.size || word.length < SHORTEST_SLIPPED || /\p{N}/u.test(word)) return found;
    let least = word.length >= TWO_SLIPS ? 2 : 1;
    const near = [];
    for (const known of this.postings.keys()) {
      const distance = slips(word, known, least);
      if (distance > least) continue;
      near.push([distance, known]);
      least = distance;
    }
    for (const [distance, known] of near) if (distance === least) add(known, SLIPPED);
    return found;
  }

  /**
   * The codes found, best first, `most` at most: `{code, locale, score, exact, literal, field, passage}`. `exact` says that
   * one of its texts has every word, `literal` that its texts have most of them and not only what means the same;
   * `passage` is what the code says of it, pieces of a text with those marked that were
   * asked for, and `field` what that text is about.
   */
  search(text, most) {
    return new Question(this, text).best(most);
  }
}

/** A word of the glossary: its words, or its string in a script without an alphabet; `*` stands for any characters. */
function formOf(form) {
  const folded = fold(form.replace(/^\*|\*$/g, ""));
  if (!isWord(form)) return { string: squeezed(folded) };
  const words = pieces(folded).map((piece) => piece.text);
  return { words, begins: form.endsWith("*"), inside: form.startsWith("*") };
}
