/** One question put to the texts of a locale: cut into units, held against every text, answered by codes. */

import { passage } from "./codeglot-words-passage.js";
import { bareHangul, fold, pieces, squeezed } from "./codeglot-words-text.js";

/** What a text is about. */
const KINDS = ["description", "cause", "solution", "cause_and_solution", "other", "name", "former", "title"];
const TEXTS = 5;
/** A section's title is no word about one code. */
const TITLE = KINDS.indexOf("title");

/** How well a unit is held by a string: as it is, as one word for two, as part of a run, as a synonym. */
const [EXACT, JOINED, MEANT] = [1, 0.875, 0.625];
/** Parts of a run by their length: the longer, the likelier it is the same. */
const PARTS = [[2, 0.6875], [3, 0.8125], [4, 0.875]];
/** From here on it is the word itself or a form of it. */
const FORM = 0.9375;

const MOST_UNITS = 48;
const SHORTEST_SPLIT = 6;
/** Of what is asked, by how rare it is or by number, so much must be found; less only where nothing has as much. */
const ENOUGH = 0.6;
const LEAST = 0.35;
/** Where so few have enough, and none of them all of it, those with less follow. */
const FEW = 5;

export class Question {
  constructor(words, text) {
    this.words = words;
    this.folded = fold(text.normalize("NFC"));
    /** What is to be marked in a passage: words of alphabets, and strings of the other scripts. */
    this.marks = { words: new Set(), strings: new Set() };
    this.meant = [];
    this.units = [];
    this.seen = new Uint8Array(words.docs.length);
    this.touched = [];
    const every = pieces(this.folded).slice(0, MOST_UNITS);
    this.open = every.length > 0 && every.at(-1).end === this.folded.length;
    const telling = every.filter((piece, i) => !this.clings(piece, every[i - 1])).flatMap((piece) => this.told(piece));
    this.pieces = telling.some((piece) => !piece.asks) ? telling : every.map((piece) => ({ ...piece, asks: false }));
    for (const piece of this.pieces) this.cut(piece);
    this.pieces = this.pieces.filter((piece) => piece.to > piece.from);
    this.wholes();
    this.amounts();
    this.synonyms();
    for (const unit of this.units) this.weigh(unit);
    this.total = this.units.reduce((sum, unit) => sum + unit.weight, 0);
    this.counted = this.units.filter((unit) => !unit.asks).length;
    this.known = this.units.every((unit) => unit.asks || unit.found);
    /** Words joined by underscores are one thing, which half of them is not. */
    this.joined = /^\s*[a-z][a-z0-9]*(?:_+[a-z0-9]+)+\s*$/i.test(text);
    const asked = squeezed(this.folded).replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, "");
    /** The question as one string: as typed, and without what only asks and particles. */
    this.strings = [asked, this.pieces.filter((one) => !one.asks).map((one) => one.bare ?? one.text).join("")];
  }

  /** Whether a piece is a particle behind a number or a word of an alphabet: SDK를, 7020은. */
  clings(piece, before) {
    return piece.kind === "hangul" && before?.kind === "word" && before.end === piece.start && this.words.particles.includes(piece.text);
  }

  /** A piece without what only asks; words of an alphabet stay, for they may be part of a phrase. */
  told(piece) {
    const { asking, askingRuns, particles } = this.words;
    if (piece.kind === "word") return [{ ...piece, asks: asking.has(piece.text) }];
    if (piece.kind === "hangul") {
      return asking.has(piece.text) || asking.has(bareHangul(piece.text, particles)) ? [] : [piece];
    }
    let left = [piece];
    for (const word of askingRuns) {
      left = left.flatMap((one) => {
        let start = one.start;
        return one.text.split(word).flatMap((text) => {
          const part = { ...one, text, start, end: start + text.length };
          start = part.end + word.length;
          return text ? [part] : [];
        });
      });
    }
    return left;
  }

  unit(piece) {
    const character = piece.kind !== "word";
    this.units.push({ q: new Float32Array(this.seen.length), docs: [], found: false, weight: 0, character, asks: piece.asks });
  }

  hold(from, to, doc, quality) {
    if (!this.seen[doc]) {
      this.seen[doc] = 1;
      this.touched.push(doc);
    }
    for (let number = from; number < to; number += 1) {
      const { q, docs } = this.units[number];
      if (q[doc] === 0) docs.push(doc);
      if (q[doc] < quality) q[doc] = quality;
    }
  }

  cut(piece) {
    piece.from = this.units.length;
    piece.to = piece.from;
    if (piece.kind === "word") {
      this.unit(piece);
      piece.to = this.units.length;
      if (!piece.asks) this.word(piece);
      return;
    }
    piece.bare = piece.kind === "hangul" ? bareHangul(piece.text, this.words.particles) : piece.text;
    if (this.units.length + piece.bare.length > MOST_UNITS) return;
    for (let i = 0; i < piece.bare.length; i += 1) this.unit(piece);
    piece.to = this.units.length;
    this.run(piece);
  }

  word(piece) {
    const open = this.open && piece.end === this.folded.length;
    for (const [known, quality] of this.words.wordsLike(piece.text, open)) {
      this.marks.words.add(known);
      for (const doc of this.words.postings.get(known)) this.hold(piece.from, piece.to, doc, quality);
    }
  }

  run({ text, bare, from, to }) {
    const look = (string, start, end, quality) => {
      this.marks.strings.add(string);
      this.words.holding(string, (doc) => this.hold(start, end, doc, quality));
    };
    look(text, from, to, EXACT);
    if (bare !== text) look(bare, from, to, EXACT);
    for (const [size, quality] of PARTS) {
      for (let i = 0; size < bare.length && i + size <= bare.length; i += 1) {
        look(bare.slice(i, i + size), from + i, from + i + size, quality);
      }
    }
  }

  /** Words that the texts write in one, "time out" for "timeout", and the other way round. */
  wholes() {
    this.pieces.forEach((piece, i) => {
      const next = this.pieces[i + 1];
      if (piece.kind !== "word") return;
      if (next?.kind === "word") {
        const joined = piece.text + next.text;
        for (const doc of this.words.postings.get(joined) ?? []) {
          this.marks.words.add(joined);
          this.hold(piece.from, next.to, doc, JOINED);
        }
      }
      if (piece.asks || piece.text.length < SHORTEST_SPLIT || this.words.postings.has(piece.text)) return;
      this.words.holding(piece.text, (doc) => {
        this.marks.strings.add(piece.text);
        this.hold(piece.from, piece.to, doc, JOINED);
      });
    });
  }

  /** Amounts, however their number and their unit are written: "30s", "30 seconds", "30秒". */
  amounts() {
    for (const { key, start, end } of this.words.amountsIn(this.folded)) {
      const said = this.words.amounts.get(key);
      if (!said) continue;
      for (const piece of this.pieces) {
        if (piece.start >= end || piece.end <= start) continue;
        const inside = piece.kind === "word" ? piece.to : Math.min(piece.to, piece.from + end - piece.start);
        for (const [doc, string] of said) {
          this.marks.strings.add(string);
          this.hold(piece.from + Math.max(0, piece.kind === "word" ? 0 : start - piece.start), inside, doc, EXACT);
        }
      }
    }
  }

  synonyms() {
    const { stem, typed } = this.words;
    this.pieces.forEach((piece, i) => {
      if (piece.kind !== "word") return;
      for (const [form, concept] of typed.stems.get(stem(piece.text)) ?? []) {
        const same = this.pieces.slice(i, i + form.words.length);
        const fits = form.words.every((word, n) => same[n]?.kind === "word" && stem(same[n].text) === stem(word));
        if (fits && !same.every((one) => one.asks)) this.mean(concept, piece.from, same.at(-1).to);
      }
      for (const [{ words, inside }, concept] of piece.asks ? [] : typed.begun) {
        const fits = inside ? piece.text.includes(words[0]) : piece.text.startsWith(words[0]);
        if (fits && words.length === 1) this.mean(concept, piece.from, piece.to);
      }
    });
    // Strings may reach over what parts two words: 시간 초과.
    const places = [];
    let string = "";
    for (const { kind, text, from, to } of this.pieces) {
      const added = kind === "word" ? "\n" : text;
      for (let n = 0; n < added.length; n += 1) places.push(Math.min(from + n, to - 1));
      string += added;
    }
    for (const [form, concept] of typed.strings) {
      const at = string.indexOf(form.string);
      if (at < 0 || (form.string.length < 2 && this.units.length > 1)) continue;
      this.mean(concept, places[at], places[at + form.string.length - 1] + 1);
    }
  }

  mean(concept, from, to) {
    for (const doc of this.words.speaking(concept)) this.hold(from, to, doc, MEANT);
    this.meant.push([concept.said, from, to]);
  }

  /** What to mark in a text: the words asked for and, where they are missing, what means the same. */
  marksIn(doc) {
    const marks = { words: new Set(this.marks.words), strings: new Set(this.marks.strings) };
    for (const [said, from, to] of this.meant) {
      if (this.units.slice(from, to).every(({ q }) => q[doc] > MEANT)) continue;
      said.words.forEach((word) => marks.words.add(word));
      said.strings.forEach((string) => marks.strings.add(string));
    }
    return marks;
  }

  /** How much it tells that something stands in some texts: the fewer codes have them, the more; nothing where none has. */
  telling(some) {
    const { codes, docs } = this.words;
    let found = 0;
    for (const doc of some) found += docs[doc].uses.length / 3;
    return found && Math.log(1 + codes.length / Math.min(found, codes.length));
  }

  /** How much a unit tells; what no text has tells a little. */
  weigh(unit) {
    if (unit.asks) return;
    const told = this.telling(unit.docs);
    unit.found = told > 0;
    unit.weight = told || Math.log(1 + this.words.codes.length) / (unit.character ? 4 : 3);
  }

  /** What a text is worth by itself: how much of the question it holds, and whether together and as asked. */
  judged(doc) {
    let sum = 0;
    let least = 1;
    for (const { q, weight, found } of this.units) {
      sum += q[doc] * weight;
      if (found && q[doc] < least) least = q[doc];
    }
    let score = sum / this.total;
    if (!least) return [score, false];
    const { squeezed: text } = this.words.docs[doc];
    score += 0.25;
    if (least >= FORM && this.strings.some((string) => text.includes(string))) {
      score += text.length <= this.strings[0].length + 1 ? 0.75 : 0.35;
    }
    return [score, least >= FORM && this.known];
  }

  /** For each code how well its texts hold each unit, its best text, and its best among those with a passage. */
  gather() {
    const { docs, codes } = this.words;
    const [count, wide] = [codes.length, this.units.length];
    const [held, said] = [new Float32Array(count * wide), new Uint8Array(count * wide)];
    const [score, textScore] = [new Float32Array(count), new Float32Array(count)];
    const [doc, kind] = [new Int32Array(count).fill(-1), new Uint8Array(count)];
    const [text, field] = [new Int32Array(count).fill(-1), new Uint8Array(count)];
    const exact = new Uint8Array(count);
    const own = new Float32Array(wide);
    const found = [];
    for (const one of this.touched) {
      const { uses } = docs[one];
      const [worthy, whole] = this.judged(one);
      for (let n = 0; n < wide; n += 1) own[n] = this.units[n].q[one];
      for (let i = 0; i < uses.length; i += 3) {
        const [code, about, worth] = [uses[i], uses[i + 1], uses[i + 2]];
        const base = code * wide;
        for (let n = 0; n < wide; n += 1) {
          if (held[base + n] < own[n] * worth) held[base + n] = own[n] * worth;
          if (own[n] > MEANT && about !== TITLE) said[base + n] = 1;
        }
        if (doc[code] < 0) found.push(code);
        if (doc[code] < 0 || score[code] < worthy * worth) {
          [score[code], doc[code], kind[code]] = [worthy * worth, one, about];
        }
        if (about >= TEXTS) continue;
        if (whole) exact[code] = 1;
        if (textScore[code] < worthy * worth) [textScore[code], text[code], field[code]] = [worthy * worth, one, about];
      }
    }
    return { held, said, score, doc, kind, text, field, exact, found };
  }

  /** The best codes, at most so many. */
  best(most) {
    if (!this.total || (this.joined && !this.known)) return [];
    const { codes, docs, locale } = this.words;
    const all = this.gather();
    const wide = this.units.length;
    const [enough, fewer] = [[], []];
    let whole = false;
    for (const code of all.found) {
      let [covered, literal, sum, number, full] = [0, 0, 0, 0, 1];
      for (let n = 0; n < wide; n += 1) {
        const { weight, found, asks } = this.units[n];
        const quality = all.held[code * wide + n];
        sum += quality * weight;
        if (asks) continue;
        if (quality > 0) {
          covered += weight;
          literal += all.said[code * wide + n] * weight;
          number += 1;
        } else if (found) full = 0;
      }
      const share = Math.max(covered / this.total, number / this.counted);
      if (share < LEAST || (this.joined && !full)) continue;
      const long = Math.min(1, docs[all.doc[code]].squeezed.length / 300);
      const score = full + sum / this.total + all.score[code] - 0.1 * long - (codes[code].retired ? 0.2 : 0);
      if (full && share >= ENOUGH) whole = true;
      keep(share >= ENOUGH ? enough : fewer, [score, code, literal >= ENOUGH * this.total], most);
    }
    if (!enough.length) enough.push(...fewer);
    else if (!whole) enough.push(...fewer.slice(0, Math.max(0, Math.min(most, FEW) - enough.length)));
    return enough.map(([score, code, literal]) => ({
      code: codes[code],
      locale,
      score,
      exact: all.exact[code] === 1,
      literal,
      field: KINDS[all.text[code] < 0 ? all.kind[code] : all.field[code]],
      passage: all.text[code] < 0 ? null : passage(docs[all.text[code]].text, this.marksIn(all.text[code])),
    }));
  }
}

const before = (a, b) => a[0] > b[0] || (a[0] === b[0] && a[1] < b[1]);

/** Puts a hit where it belongs among the best so far; of thousands found only these are sorted. */
function keep(best, hit, most) {
  if (best.length === most && !before(hit, best[most - 1])) return;
  let at = best.length;
  while (at > 0 && before(hit, best[at - 1])) at -= 1;
  best.splice(at, 0, hit);
  if (best.length > most) best.pop();
}
