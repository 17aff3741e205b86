/** Text as the full-text search sees it: folded, cut into pieces, its words traced back to a stem. */

/** Scripts that are written without spaces between words, and the marks that stand among their letters. */
const SPACELESS =
  "\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}\\u30fc\\u3005";
const PIECE = new RegExp(
  `[${SPACELESS}]+|\\p{Script=Hangul}+|(?:(?![${SPACELESS}\\p{Script=Hangul}])[\\p{L}\\p{M}\\p{N}])+`,
  "gu",
);
const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u");
const IS_HANGUL = /^\p{Script=Hangul}/u;
const SHORTEST_STEM = 3;

/** One spelling for what looks or sounds alike: width, case, accents on Latin letters. */
export function fold(text) {
  const folded = text.normalize("NFKC").toLowerCase();
  if (!/[\u00c0-\u036f\u1e00-\u1eff]/.test(folded)) return folded;
  return folded
    .normalize("NFD")
    .replace(/(\p{Script=Latin})\p{M}+/gu, "$1")
    .replace(/ß/g, "ss")
    .normalize("NFC");
}

/** Folded text without its spaces, where words of Hangul and of scripts without spaces are looked for. */
export const squeezed = (folded) => folded.replace(/\s+/g, "");

/** Folded or squeezed text with, for each of its characters, where the character stands in the text as it was. */
export function mapped(text, spaces) {
  const characters = [];
  const at = [];
  let position = 0;
  for (const point of text) {
    const folded = fold(point);
    for (const character of spaces ? folded : squeezed(folded)) {
      for (let unit = 0; unit < character.length; unit += 1) at.push(position);
      characters.push(character);
    }
    position += point.length;
  }
  at.push(position);
  return { text: characters.join(""), at };
}

/** The pieces of a folded text: words of alphabets ("word"), words of Hangul ("hangul"), runs without spaces ("run"). */
export function pieces(folded) {
  return [...folded.matchAll(PIECE)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
    kind: IS_SPACELESS.test(text) ? "run" : IS_HANGUL.test(text) ? "hangul" : "word",
  }));
}

/** The words of alphabets in a folded text; most texts have no alphabet but the English one, which is read much faster. */
export const wordsIn = (folded) =>
  (/[\u00aa-\u10ff\u1200-\u1fff\u2c00-\u2dff\ua000-\uabff\ud800-\udfff]/.test(folded)
    ? pieces(folded).filter((piece) => piece.kind === "word").map((piece) => piece.text)
    : folded.match(/[a-z0-9]+/g)) ?? [];

/** The words of an identifier or of a text that holds some: `EnterRoom_V2` is also `enter` and `room`. */
export const innerWords = (text) =>
  (text.match(/(?<![A-Za-z])[A-Za-z]*[a-z][A-Z][A-Za-z]*/g) ?? []).flatMap((word) =>
    word.split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).map((part) => part.toLowerCase()),
  );

/** What stays of a word of an alphabet when its ending is taken off: the same for all forms of one word. */
export function stemmer(endings) {
  const longest = Math.max(0, ...endings.map((ending) => ending.length));
  const known = new Set(endings);
  return (word) => {
    let stem = word;
    for (let size = Math.min(longest, word.length - SHORTEST_STEM); size > 0; size -= 1) {
      if (known.has(word.slice(-size))) {
        stem = word.slice(0, -size);
        break;
      }
    }
    // "quitting" and "quit", "passed" and "pass".
    return stem.length > SHORTEST_STEM && stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
  };
}

/** A word of Hangul without the particles and endings that follow it; several may follow each other. */
export function bareHangul(word, particles) {
  let bare = word;
  for (let round = 0; round < 2; round += 1) {
    const ending = particles.find(
      (particle) => bare.endsWith(particle) && bare.length - particle.length >= (particle.length > 1 ? 1 : 2),
    );
    if (!ending) break;
    bare = bare.slice(0, -ending.length);
    if (bare.length < 3) break;
  }
  return bare;
}

/** Letters put in, left out, exchanged or swapped with their neighbour; any number above `most` means "more". */
export function slips(first, second, most) {
  if (Math.abs(first.length - second.length) > most) return most + 1;
  let older = [];
  let before = [];
  let row = Array.from({ length: second.length + 1 }, (_, j) => j);
  for (let i = 1; i <= first.length; i += 1) {
    [older, before, row] = [before, row, [i]];
    let least = i;
    for (let j = 1; j <= second.length; j += 1) {
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (first[i - 1] === second[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      least = Math.min(least, cost);
      row.push(cost);
    }
    if (least > most) return most + 1;
  }
  return row[second.length];
}

/** Milliseconds, so that "1 s" and "1000 ms" are one amount; other units are compared as they are. */
const TIMES = { us: 0.001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };

/** Finds the amounts in a folded text as `{key, start, end}`; `units` are words for units with their symbols. */
export function amountsFinder(units) {
  const either = Object.keys(units).sort((a, b) => b.length - a.length).join("|");
  const amount = new RegExp(`(?<![a-z\\d]|\\d[.,])(\\d[\\d,.]*)\\s*(${either})(?![a-z])`, "gu");
  return (folded) =>
    [...folded.matchAll(either ? amount : /(?!)/g)].map(({ 0: text, 1: number, 2: unit, index }) => {
      const value = Number(number.replace(/,(?=\d{3})/g, "").replace(",", "."));
      const time = TIMES[units[unit]];
      const key = time ? `${Number((value * time).toPrecision(9))}ms` : `${value}${units[unit]}`;
      return { key, start: index, end: index + text.length };
    });
}
