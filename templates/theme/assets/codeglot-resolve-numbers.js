/** Numbers in a text: which of them are spoken of as codes, and which are times, places, counts and the like. */

import { abs, escaped, lower } from "./codeglot-resolve-text.js";

const BEFORE = 64;
const AFTER = 16;
const SMALLEST_BARE = 100n;
const SMALLEST_SOFT = 1000n;
const LONGEST_NUMBER = 20;
const LONGEST_HEXADECIMAL = 8;
const WRAPPING = new Set(" \n\t\"'`()[]{}<>,.;:!?#=。、，！？|/");
const [OTHER, KEYED, BRACKETED, BARE, SOFT, STRONG] = [0, 1, 2, 3, 4, 5];

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
    gap: new RegExp(grammar.gap),
    word: new RegExp(grammar.word),
    strong: set(grammar.strong),
    soft: set(grammar.soft),
    other: set(grammar.other),
    link: set(grammar.link),
    year: set(grammar.year),
  };
}

function masked(text, patterns, covered = []) {
  const mask = new Uint8Array(text.length);
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) mask.fill(1, match.index, match.index + match[0].length);
  }
  for (const [start, end] of covered) mask.fill(1, start, end);
  return mask;
}

/** A product's own word, with the mark that may tie it to a number. */
const mention = (product) => new RegExp(`(?<![a-z0-9])${escaped(product)}(?![a-z0-9])[-_:/#]?`, "g");

function sayCjk(word, grammar) {
  let rest = word;
  for (let link = ""; (link = grammar.cjk_link.find((ending) => rest.endsWith(ending))); ) {
    rest = rest.slice(0, -link.length);
  }
  if (!rest) return null;
  let [longest, standing] = [0, KEYED];
  for (const [words, meaning] of [[grammar.cjk_other, OTHER], [grammar.cjk_strong, STRONG], [grammar.cjk_soft, SOFT]]) {
    for (const candidate of words) {
      if (candidate.length > longest && rest.endsWith(candidate)) [longest, standing] = [candidate.length, meaning];
    }
  }
  return standing;
}

/** What a word before a number says about it; null for one that only links the two. */
function say(word, cased, value, grammar) {
  if (word[0] > "\u00ff") return sayCjk(word, grammar);
  if (grammar.year.has(word) && value >= 1900n && value < 2100n) return OTHER;
  if (grammar.link.has(word)) return null;
  const pieces = (cased.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g) ?? []).map(lower);
  while (pieces.length > 1 && (grammar.link.has(pieces.at(-1)) || /^[0-9]+$/.test(pieces.at(-1)))) pieces.pop();
  for (const said of [word, pieces.at(-1) ?? ""]) {
    if (grammar.other.has(said)) return OTHER;
    if (grammar.strong.has(said)) {
      // "Errors: 2" counts them.
      const counts = abs(value) < SMALLEST_BARE && said.endsWith("s") && grammar.strong.has(said.slice(0, -1));
      return counts ? OTHER : STRONG;
    }
    if (grammar.soft.has(said)) return SOFT;
  }
  return grammar.strong_endings.some((ending) => word.endsWith(ending)) ? STRONG : KEYED;
}

/** Whether `word` is a product, or the end of one whose own word has a hyphen. */
const isProduct = (word, products) => [...products].some((product) => product === word || product.endsWith(`-${word}`));

/** What the words around a number say, and where those before it begin. */
function standingOf(folded, start, end, value, grammar, products) {
  const { text } = folded;
  const after = text.slice(end, end + AFTER);
  if (grammar.counted.test(after)) return [OTHER, start];
  const called = grammar.called_code.test(after);
  let beginning = Math.max(0, start - BEFORE);
  const line = start > beginning ? text.slice(beginning, start).lastIndexOf("\n") : -1;
  beginning += line + 1;
  let position = start;
  let keyed = false;
  for (;;) {
    const gap = grammar.gap.exec(text.slice(beginning, position));
    if (gap) {
      keyed ||= gap[0].includes(":") || gap[0].includes("=");
      position = beginning + gap.index;
    }
    const word = grammar.word.exec(text.slice(beginning, position));
    if (!word) break;
    const wordStart = beginning + word.index;
    const standing = say(word[1], folded.cased.slice(wordStart, position), value, grammar);
    if (standing !== null) {
      if (standing === KEYED && !keyed) {
        // A hyphen makes a label of both: worker-7006.
        const tied = word[1][0] <= "\u00ff" && text.slice(position, start) === "-";
        if (tied && !isProduct(word[1], products)) return [OTHER, wordStart];
        break;
      }
      return [called && standing !== OTHER ? STRONG : standing, wordStart];
    }
    position = wordStart;
  }
  return [called ? STRONG : BARE, start];
}

const NOWHERE = new Set();

function candidatesOf(folded, lookup, grammar, covered) {
  const { text } = folded;
  const noise = masked(text, grammar.noise, covered);
  const softNoise = masked(text, grammar.soft_noise);
  const lines = new Int32Array(text.length + 1);
  for (let i = 0; i < text.length; i += 1) lines[i + 1] = lines[i] + (text[i] === "\n" ? 1 : 0);
  const found = [];
  const candidate = (start, end, kind, value) => {
    let [standing, keyStart] = standingOf(folded, start, end, value, grammar, lookup.products);
    if (standing === BARE && start > 0 && text[start - 1] === "[" && text[end] === "]") standing = BRACKETED;
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

/** Those of the candidates that are codes or are spoken of as such. */
function acceptedOf(candidates, text, grammar) {
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
  const told = new Set(lines);
  for (const position of bare) {
    const one = candidates[position];
    if (one.standing === BARE && !told.has(one.line)) accept(position);
  }
  const heard = new Set(lines);
  for (const position of bare) {
    const one = candidates[position];
    if (one.standing === BRACKETED ? !heard.has(one.line) : one.standing === KEYED && !telling) accept(position);
  }
  const positions = [...candidates.keys()];
  for (const direction of [1, -1]) {
    for (const position of direction === 1 ? positions : [...positions].reverse()) {
      const other = position - direction;
      if (accepted.has(position) || !bare.has(position) || !accepted.has(other)) continue;
      const { standing } = candidates[position];
      if (standing !== BARE && standing !== BRACKETED) continue;
      if (joined(candidates, Math.min(position, other), text, grammar)) accept(position);
    }
  }
  if (!accepted.size) {
    return candidates.filter((one) => one.standing === SOFT && abs(one.value) >= SMALLEST_SOFT && !one.softNoise);
  }
  return candidates.filter((_, position) => accepted.has(position));
}

/** The one number that the whole text consists of, products and punctuation aside. */
function alone(folded, lookup) {
  let { text } = folded;
  for (const product of [...lookup.products].sort()) {
    text = text.replace(mention(product), (match) => " ".repeat(match.length));
  }
  let [start, end] = [0, text.length];
  while (start < end && WRAPPING.has(text[start])) start += 1;
  while (end > start && WRAPPING.has(text[end - 1])) end -= 1;
  const core = text.slice(start, end);
  for (const [pattern, bare] of [[/^([+-]?)(0x[0-9a-f]+|[0-9]+)$/, false], [/^()([0-9a-f]{3,8})$/, true]]) {
    const match = pattern.exec(core);
    if (!match || tooLong(match[2]) || (bare && !/[0-9]/.test(core))) continue;
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
  const favoured = new Set([...lookup.products].filter((product) => mention(product).test(text)));
  const addresses = addressesOf(text, lookup);
  const one = !addresses.length && !taken.length ? alone(folded, lookup) : null;
  const covered = [...taken, ...addresses.map(({ start, end }) => [start, end])];
  const chosen = one
    ? [one]
    : [...addresses, ...acceptedOf(candidatesOf(folded, lookup, grammar, covered), text, grammar)];
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
