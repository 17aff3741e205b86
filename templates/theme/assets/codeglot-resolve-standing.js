/** What the words around a number say about it: that it is a code, or that it is something else. */

import { abs, lower } from "./codeglot-resolve-text.js";

/** Characters before a number in which the word that says what it is may stand. */
export const BEFORE = 64;
const AFTER = 16;
/** Below this a number needs a word that says it is a code. */
export const SMALLEST_BARE = 100n;
export const [OTHER, KEYED, BRACKETED, BARE, SOFT, STRONG] = [0, 1, 2, 3, 4, 5];

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

/** Where the letters of languages begin that write words without spaces, or with particles. */
const CJK = "\u3040";
export const isYear = (value) => value >= 1900n && value < 2100n;

/** What a word before a number says about it; null for one that only links the two. */
function say(word, cased, value, grammar) {
  if (word[0] >= CJK) return sayCjk(word, grammar);
  if (grammar.year.has(word) && isYear(value)) return OTHER;
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
  const ends = (endings) => endings.some((ending) => word.endsWith(ending));
  if (ends(grammar.strong_endings)) return STRONG;
  return ends(grammar.other_endings) && !ends(grammar.no_endings) ? OTHER : KEYED;
}

/** Whether the last of some folded words speaks of codes. */
export function isTelling(words, grammar) {
  const word = grammar.word.exec(words.replace(/(?<![ "'`*])[ "'`*]+$/, ""));
  return Boolean(word) && say(word[1], word[1], SMALLEST_BARE, grammar) === STRONG;
}

/** Whether `word` is a product, or the end of one whose own word has a hyphen. */
const isProduct = (word, products) => [...products].some((product) => product === word || product.endsWith(`-${word}`));

/** What the words around a number say, and where those before it begin. */
export function standingOf(folded, start, end, value, grammar, products) {
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
        const tied = word[1][0] < CJK && text.slice(position, start) === "-";
        if (tied && !isProduct(word[1], products)) return [OTHER, wordStart];
        break;
      }
      return [called && standing !== OTHER ? STRONG : standing, wordStart];
    }
    position = wordStart;
  }
  return [called ? STRONG : BARE, start];
}
