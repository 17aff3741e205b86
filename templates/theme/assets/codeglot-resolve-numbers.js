/** Numbers in a text: which of them are spoken of as codes, and which are times, places, counts and the like. */

import { headed } from "./codeglot-resolve-columns.js";
import {
  BARE,
  BEFORE,
  BRACKETED,
  KEYED,
  OTHER,
  SMALLEST_BARE,
  SOFT,
  STRONG,
  isTelling,
  isYear,
  standingOf,
} from "./codeglot-resolve-standing.js";
import { abs } from "./codeglot-resolve-text.js";

const SMALLEST_SOFT = 1000n;
/** Words beside a number in what people type to look it up. */
const MOST_WORDS = 3;
/** Below this a number that is no code and stands among a few words is rather a count. */
const SMALLEST_ASKED = 1000n;
/** A text without words but for one of two letters or one character. */
const NEXT_TO_NOTHING = /^[^a-z\u0080-\uffff]*(?:[a-z]{1,2}|[\u3040-\uffff])[^a-z\u0080-\uffff]*$/;
const SMALLEST_SEQUEL = 1000n;
const LONGEST_NUMBER = 20;
const LONGEST_HEXADECIMAL = 8;
const WRAPPING = new Set(" \n\t\"'`()[]{}<>,.;:!?#=。、，！？|/");

const valueOf = (digits) => BigInt(digits);
const kindOf = (digits) => (digits.startsWith("0x") ? "hexadecimal" : "decimal");
const tooLong = (digits) =>
  digits.startsWith("0x")
    ? digits.slice(2).replace(/^0+/, "").length > LONGEST_HEXADECIMAL
    : digits.replace(/^0+/, "").length > LONGEST_NUMBER;

/** The shared grammar, ready to be used. */
export function compiled(grammar) {
  const every = (pattern) => new RegExp(pattern, "g");
  const set = (words) => new Set(words);
  return {
    ...grammar,
    number: every(grammar.number),
    bare_hexadecimal: every(grammar.bare_hexadecimal),
    noise: grammar.noise.map(every),
    soft_noise: grammar.soft_noise.map(every),
    counted: new RegExp(grammar.counted),
    called_code: new RegExp(grammar.called_code),
    tied: new RegExp(grammar.tied),
    joint: new RegExp(grammar.joint),
    sequel: new RegExp(grammar.sequel),
    trouble: new RegExp(grammar.trouble),
    counted_word: every(grammar.counted_word),
    gap: new RegExp(grammar.gap),
    word: new RegExp(grammar.word),
    strong: set(grammar.strong),
    soft: set(grammar.soft),
    other: set(grammar.other),
    link: set(grammar.link),
    year: set(grammar.year),
  };
}

function masked(text, patterns) {
  const mask = new Uint8Array(text.length);
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) mask.fill(1, match.index, match.index + match[0].length);
  }
  return mask;
}

/** A word and a number run together: gme7006, error7006. */
const GLUED = /(?<![a-z0-9_])([a-z]{2,24})([0-9]{3,10})(?![a-z0-9_])/g;
const NOWHERE = new Set();

function candidatesOf(folded, lookup, grammar, covered) {
  const { text } = folded;
  const noise = masked(text, grammar.noise);
  const cells = headed(folded.tabbed, (words) => isTelling(words, grammar));
  // What a table calls a code is no time and no amount.
  for (const [start, end, tells] of cells) if (tells) noise.fill(0, start, end);
  for (const [start, end] of covered) noise.fill(1, start, end);
  const softNoise = masked(text, grammar.soft_noise);
  const lines = new Int32Array(text.length + 1);
  for (let i = 0; i < text.length; i += 1) lines[i + 1] = lines[i] + (text[i] === "\n" ? 1 : 0);
  const found = [];
  const cellAt = (place) => {
    let [low, high] = [0, cells.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (cells[middle][0] <= place) low = middle + 1;
      else high = middle;
    }
    return low && place < cells[low - 1][1] ? cells[low - 1] : null;
  };
  const candidate = (start, end, kind, value) => {
    let [standing, keyStart] = standingOf(folded, start, end, value, grammar, lookup.products);
    if (standing === BARE && start > 0 && text[start - 1] === "[" && text[end] === "]") standing = BRACKETED;
    const cell = cellAt(start);
    if (cell) standing = cell[2] ? STRONG : OTHER;
    // "-1" is what programs return for any failure, and hardly ever the code 1.
    const codes = lookup.number(value, NOWHERE, abs(value) >= SMALLEST_BARE);
    const soft = Boolean(softNoise[end - 1]);
    return { start, end, keyStart, line: lines[start], kind, value, standing, codes, softNoise: soft, products: NOWHERE };
  };
  for (const match of text.matchAll(grammar.number)) {
    let start = match.index;
    if (noise[start] || tooLong(match[1])) continue;
    let value = valueOf(match[1]);
    const sign = start > 0 ? text[start - 1] : "";
    const before = start > 1 ? text[start - 2] : "";
    if ((sign === "+" || sign === "-") && !/[a-z0-9_)\]]/.test(before)) {
      if (sign === "-") [value, start] = [-value, start - 1];
    }
    found.push(candidate(start, match.index + match[1].length, kindOf(match[1]), value));
  }
  for (const match of text.matchAll(GLUED)) {
    const [start, value] = [match.index + match[1].length, valueOf(match[2])];
    if (noise[start] || !(lookup.products.has(match[1]) || isTelling(match[1], grammar)) || value < SMALLEST_BARE) continue;
    const one = candidate(start, start + match[2].length, "decimal", value);
    if (lookup.number(value, NOWHERE).length) found.push({ ...one, keyStart: match.index, standing: STRONG });
  }
  for (const match of text.matchAll(grammar.bare_hexadecimal)) {
    const word = match[1];
    if (noise[match.index] || /^[0-9]+$/.test(word) || !/[0-9]/.test(word)) continue;
    const end = match.index + word.length;
    const one = candidate(match.index, end, "bare-hexadecimal", BigInt(`0x${word}`));
    if (one.standing === STRONG) found.push(one);
  }
  return alike(found.sort((a, b) => a.start - b.start), text, grammar);
}

/** The candidates, where a bare one that is tied to one that is something else is that, too. */
function alike(candidates, text, grammar) {
  for (const step of [1, -1]) {
    for (let i = step > 0 ? 0 : candidates.length - 1; i >= 0 && i < candidates.length; i += step) {
      const other = i - step;
      if (!candidates[other] || candidates[i].standing !== BARE || candidates[other].standing !== OTHER) continue;
      const [first, second] = step > 0 ? [candidates[other], candidates[i]] : [candidates[i], candidates[other]];
      if (grammar.tied.test(text.slice(first.end, Math.min(second.start, first.end + BEFORE)))) candidates[i].standing = OTHER;
    }
  }
  return candidates;
}

/** Whether a candidate and the next stand side by side in one enumeration. */
function joined(candidates, position, text, grammar) {
  const [first, second] = [candidates[position], candidates[position + 1]];
  const between = text.slice(first.end, Math.max(second.keyStart, first.end));
  return first.line === second.line && between.length <= BEFORE && grammar.joint.test(between);
}

/** Whether the word before a number is an identifier of a program: "uploadFile 8197". */
const isCalled = (folded, start) =>
  /[a-z][A-Z][A-Za-z]*[^A-Za-z0-9\n]{1,4}$/.test(folded.cased.slice(Math.max(0, start - BEFORE), start));

/**
 * Which of the bare numbers may as well be no codes: no word on their line speaks of trouble. That alone is no reason to
 * doubt; but years are, and numbers beside others that are something else, and numbers among more words than people look
 * up, unless an identifier stands before them.
 */
function doubtful(candidates, bare, folded, grammar) {
  const others = new Map();
  for (const { standing, value, line } of candidates) {
    const weight = standing === OTHER ? 2 : standing === KEYED && abs(value) >= SMALLEST_BARE ? 1 : 0;
    others.set(line, (others.get(line) ?? 0) + weight);
  }
  const lines = bare.size ? folded.text.split("\n") : [];
  const words = new Map();
  for (const at of bare) {
    const { line } = candidates[at];
    if (words.has(line)) continue;
    words.set(line, grammar.trouble.test(lines[line]) ? -1 : [...lines[line].matchAll(grammar.counted_word)].length);
  }
  const doubted = (at) => {
    const { line, value, start } = candidates[at];
    if (words.get(line) < 0) return false;
    return others.get(line) > 1 || isYear(value) || (words.get(line) > MOST_WORDS && !isCalled(folded, start));
  };
  return new Set([...bare].filter(doubted));
}

/** `position`, or the next one where a small number stands there: "after 3 retries". */
function passedOver(candidates, position, direction) {
  return candidates[position] && abs(candidates[position].value) < SMALLEST_BARE ? position - direction : position;
}

/** Whether a sentence goes on from one code to the next: "failed with 8194, and after a restart with 8195". */
function goesOn(first, second, text, grammar) {
  if (first.line !== second.line || abs(first.value) < SMALLEST_SEQUEL || abs(second.value) < SMALLEST_SEQUEL) return false;
  const between = text.slice(first.end, second.start);
  return between.length <= BEFORE && grammar.sequel.test(between);
}

/** Those of the candidates that are codes or are spoken of as such. */
function acceptedOf(candidates, folded, grammar, named) {
  const { text } = folded;
  const accepted = new Set();
  const lines = new Set();
  const accept = (position) => accepted.add(position) && lines.add(candidates[position].line);
  candidates.forEach((one, position) => {
    // Hexadecimal digits without 0x are a hash or a token more often than a code.
    const spokenOf = one.value !== 0n && !one.softNoise && one.kind !== "bare-hexadecimal";
    const softly = one.standing === SOFT && !one.softNoise && one.codes.length && abs(one.value) >= SMALLEST_BARE;
    if ((one.standing === STRONG && (one.codes.length || spokenOf)) || softly) accept(position);
  });
  const telling = accepted.size > 0;
  const bare = new Set();
  candidates.forEach((one, position) => {
    const known = one.codes.length && abs(one.value) >= SMALLEST_BARE && !one.softNoise;
    if (known && !accepted.has(position)) bare.add(position);
  });
  const doubted = named ? new Set() : doubtful(candidates, bare, folded, grammar);
  const told = new Set(lines);
  for (const position of bare) {
    const one = candidates[position];
    if (one.standing === BARE && !told.has(one.line) && !doubted.has(position)) accept(position);
  }
  const heard = new Set(lines);
  for (const position of bare) {
    const one = candidates[position];
    if (one.standing === BRACKETED ? !heard.has(one.line) : one.standing === KEYED && !telling && !doubted.has(position)) accept(position);
  }
  const positions = [...candidates.keys()];
  for (const direction of [1, -1]) {
    for (const position of direction === 1 ? positions : [...positions].reverse()) {
      let other = position - direction;
      if (accepted.has(position) || !bare.has(position)) continue;
      const { standing } = candidates[position];
      if (standing !== BARE && standing !== BRACKETED) continue;
      if (accepted.has(other) && joined(candidates, Math.min(position, other), text, grammar)) accept(position);
      other = passedOver(candidates, other, direction);
      const [first, second] = [Math.min(position, other), Math.max(position, other)];
      if (accepted.has(other) && goesOn(candidates[first], candidates[second], text, grammar)) accept(position);
    }
  }
  if (!accepted.size) {
    const soft = candidates.filter((one) => one.standing === SOFT && abs(one.value) >= SMALLEST_SOFT && !one.softNoise);
    if (soft.length) return soft;
    return candidates.filter((one) => candidates.length === 1 && isAskedAbout(one, text, grammar));
  }
  return candidates.filter((_, position) => accepted.has(position));
}

/** Whether a text is about nothing but its one number, which is no code: `7020号`, `what is 7020`. */
function isAskedAbout({ standing, kind, value, softNoise, start, end }, text, grammar) {
  if (standing !== BARE || kind === "bare-hexadecimal" || softNoise) return false;
  if (isYear(value) || abs(value) < SMALLEST_ASKED) return false;
  const rest = `${text.slice(0, start)} ${text.slice(end)}`;
  if (NEXT_TO_NOTHING.test(rest)) return true;
  return grammar.trouble.test(rest) && [...rest.matchAll(grammar.counted_word)].length <= MOST_WORDS;
}

const ALONE = [
  [/^([+-]?)(0x[0-9a-f]+)u?l{0,2}$/, false],
  [/^([+-]?)([0-9]+)$/, false],
  [/^()([0-9a-f]{3,8})h?$/, true],
];

/** The one number that the whole text consists of, products and punctuation aside. */
function alone(folded, lookup) {
  let { text } = folded;
  for (const [, pattern] of lookup.mentions) text = text.replace(pattern, (match) => " ".repeat(match.length));
  let [start, end] = [0, text.length];
  while (start < end && WRAPPING.has(text[start])) start += 1;
  while (end > start && WRAPPING.has(text[end - 1])) end -= 1;
  const core = text.slice(start, end);
  for (const [pattern, bare] of ALONE) {
    const match = pattern.exec(core);
    if (!match || tooLong(match[2]) || (bare && (/^[0-9]+$/.test(match[2]) || !/[0-9]/.test(core)))) continue;
    end = start + match[1].length + match[2].length;
    const digits = bare ? BigInt(`0x${match[2]}`) : valueOf(match[2]);
    const value = match[1] === "-" ? -digits : digits;
    const codes = lookup.number(value, NOWHERE);
    if (bare && !codes.length && core.length < 4) continue;
    const kind = bare ? "bare-hexadecimal" : kindOf(match[2]);
    return { start: start + (match[1] === "+" ? 1 : 0), end, kind, value, codes, products: NOWHERE };
  }
  return null;
}

/** What is written as in a link: gme/7006, gme/0x1b5e, e/7006. */
function addressesOf(text, lookup) {
  const segments = [...text.matchAll(/[a-z0-9._-]+/g)].map((match) => [match.index, match[0].replace(/\.+$/, "")]);
  const found = [];
  for (let i = 0; i + 1 < segments.length; i += 1) {
    const [[start, first], [secondStart, second]] = [segments[i], segments[i + 1]];
    if (start + first.length + 1 !== secondStart || text[secondStart - 1] !== "/" || !second) continue;
    const products = new Set(lookup.products.has(first) ? [first] : []);
    if (!products.size && first !== "e") continue;
    const end = secondStart + second.length;
    const number = /^([+-]?)(0x[0-9a-f]+|[0-9]+)$/.exec(second);
    if (number && !tooLong(number[2])) {
      const value = number[1] === "-" ? -valueOf(number[2]) : valueOf(number[2]);
      const codes = lookup.number(value, products);
      found.push({ start: products.size ? start : secondStart, end, kind: kindOf(number[2]), value, codes, products });
    } else if (lookup.codes.has(`${first}/${second}`)) {
      const codes = [`${first}/${second}`];
      found.push({ start, end, kind: "address", value: codes[0], codes, products: NOWHERE });
    }
  }
  return found;
}

function otherBase(written, found, lookup) {
  const digits = written.replace(/^0x/, "");
  const hexadecimal = found.kind === "hexadecimal";
  if (!/^[0-9]+$/.test(digits) || (hexadecimal && found.codes.length)) return [];
  if (found.kind === "decimal" && digits.length > LONGEST_HEXADECIMAL) return [];
  return lookup.number(BigInt(hexadecimal ? digits : `0x${digits}`), found.products);
}

/** The numbers that are codes, or are spoken of as codes, in order; `taken` stretches are left out. */
export function readNumbers(folded, lookup, grammar, taken) {
  const { text } = folded;
  const favoured = lookup.mentioned(text);
  const addresses = addressesOf(text, lookup);
  const one = !addresses.length && !taken.length ? alone(folded, lookup) : null;
  const covered = [...taken, ...addresses.map(({ start, end }) => [start, end])];
  const chosen = one
    ? [one]
    : [...addresses, ...acceptedOf(candidatesOf(folded, lookup, grammar, covered), folded, grammar, favoured.size > 0)];
  return chosen.sort((a, b) => a.start - b.start).map((found) => {
    const codes = lookup.ranked(found.codes, favoured);
    const written = text.slice(found.start, found.end).split("/").at(-1).replace(/^[+-]+/, "");
    const others = found.kind === "address" ? [] : otherBase(written, found, lookup);
    const other = lookup.ranked(others, favoured).filter((path) => !codes.includes(path));
    return {
      ...folded.original(found.start, found.end),
      kind: found.kind,
      value: String(found.value),
      codes,
      other_base: other,
      neighbours: codes.length ? [] : lookup.neighbours(found.value, found.products),
      ambiguity: lookup.ambiguity(codes, other),
    };
  });
}
