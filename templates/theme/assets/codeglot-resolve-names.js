/** Names in a text: as published, spelled otherwise, almost right, or in parts. */

import { compare, digitsOf, distinct, lower, partsOf, plain, upper } from "./codeglot-resolve-text.js";

const LONGEST_PHRASE = 12;
const MOST_IDENTIFIERS = 20;
const MOST_NEAR = 5;
const MOST_PARTS = 10;
const SHORTEST_NEAR = 8;
const SHORTEST_SINGLE = 12;
const SPACED_WORDS = 3;
const NO_FIT = 9;

const ALL_WORDS = /^[a-z0-9 \n_.:,;*"'`()[\]<>-]+$/;
const wordsOf = (text) => [...text.matchAll(/[a-z0-9]+/g)].map((match) => [match.index, match.index + match[0].length]);

function nameRead(folded, start, end, kind, value, codes, lookup) {
  const exact = kind === "name" || kind === "former-name";
  const ambiguity = exact ? lookup.ambiguity(codes, []) : [];
  return { ...folded.original(start, end), kind, value, codes, other_base: [], neighbours: [], ambiguity };
}

/** Whether marks stand around a word, so that it is a value and no part of a sentence. */
const isSetOff = (text, start, end) =>
  /["'`<>([{=:] ?$/.test(text.slice(Math.max(0, start - 2), start)) && /^(?:$|["'`<>)\]},;.&|\n])/.test(text.slice(end, end + 1));

/** Whether words that spell a name are one, and no ordinary words. */
function isMeant(folded, words, first, last, key, spaced, lookup) {
  if (first === 0 && last === words.length - 1 && ALL_WORDS.test(folded.text)) return true;
  const spellings = lookup.spellings.get(key);
  const [start, end] = [words[first][0], words[last][1]];
  const written = folded.cased.slice(start, end);
  if (spellings.includes(written)) return !/^[A-Z]?[a-z]+$/.test(written) || isSetOff(folded.text, start, end);
  const count = last - first + 1;
  if (spaced) return count >= SPACED_WORDS && spellings.some((name) => partsOf(name).length <= count);
  return count > 1 || key.length >= SHORTEST_SINGLE;
}

/** Index of the last word of the longest name that begins at word `first`; -1 where none does. */
function longestName(folded, words, first, lookup) {
  let key = "";
  let spaced = false;
  let longest = -1;
  for (let position = first; position < words.length; position += 1) {
    const [start, end] = words[position];
    if (position > first) {
      const between = folded.text.slice(words[position - 1][1], start);
      if (/^[ \n]{1,3}$/.test(between)) spaced = true;
      else if (!/^(?:[ \n]?_[ \n]?|[-.:]|::)$/.test(between)) break;
    }
    key += upper(folded.text.slice(start, end));
    if (key.length > lookup.longest) break;
    if (lookup.spellings.has(key) && isMeant(folded, words, first, position, key, spaced, lookup)) longest = position;
  }
  return longest;
}

/** The names that stand in a text, each with its stretch of the folded text. */
export function readNames(folded, lookup) {
  const words = wordsOf(folded.text);
  const found = [];
  for (let position = 0; position < words.length; position += 1) {
    const last = longestName(folded, words, position, lookup);
    if (last < 0) continue;
    const [start, end] = [words[position][0], words[last][1]];
    const key = plain(folded.text.slice(start, end));
    const current = lookup.ranked(lookup.names.get(key) ?? []);
    const former = lookup.ranked(lookup.former.get(key) ?? []).filter((path) => !current.includes(path));
    const kind = current.length ? "name" : "former-name";
    found.push([nameRead(folded, start, end, kind, key, [...current, ...former], lookup), [start, end]]);
    position = last;
  }
  return found;
}

const LETTERS = 36;

/** How often each letter and digit stands in a plain name, written to `letters` from `offset` on. */
function countLetters(name, letters, offset) {
  for (let i = 0; i < name.length; i += 1) {
    const point = name.charCodeAt(i);
    letters[offset + point - (point < 58 ? 48 : 55)] += 1;
  }
}

/**
 * The names of a lookup laid out to be gone through at each keystroke: `rows` are names by plain key, and `byDigits`
 * their positions by the digits in them; `spelled` are spellings with the positions of their parts among `parts`.
 */
function arranged(lookup) {
  const rows = [];
  const spelled = [];
  const parts = new Map();
  const byDigits = new Map();
  const position = (part) => {
    if (!parts.has(part)) parts.set(part, parts.size);
    return parts.get(part);
  };
  for (const [former, table] of [[0, lookup.names], [1, lookup.former]]) {
    for (const [name, paths] of table) {
      const digits = digitsOf(name);
      if (!byDigits.has(digits)) byDigits.set(digits, []);
      byDigits.get(digits).push(rows.length);
      const hits = paths.map((path) => ({ path, order: lookup.order.get(path), retired: lookup.codes.get(path).retired ? 1 : 0 }));
      rows.push({ name, former, hits });
      spelled.push(lookup.spellings.get(name).map((spelling) => Int32Array.from(partsOf(spelling), position)));
    }
  }
  const letters = new Uint8Array(rows.length * LETTERS);
  rows.forEach(({ name }, row) => countLetters(name, letters, row * LETTERS));
  return { rows, spelled, letters, byDigits, parts: [...parts.keys()], ranks: new Map(), known: new Map() };
}

const layouts = new WeakMap();

/** What {@link arranged} makes, once for a lookup. */
export function layoutOf(lookup) {
  if (!layouts.has(lookup)) layouts.set(lookup, arranged(lookup));
  return layouts.get(lookup);
}

const MOST_KEPT = 256;

/** What `make` gives for a word, kept: from one keystroke to the next most words stay. */
function kept(known, word, make) {
  if (!known.has(word)) {
    if (known.size >= MOST_KEPT) known.clear();
    known.set(word, make(word));
  }
  return known.get(word);
}

/** Whether more than `most` slips lie between two names: every letter that one has more of than the other takes one. */
function isFarOff(own, letters, offset, most) {
  let [more, less] = [0, 0];
  for (let i = 0; i < LETTERS; i += 1) {
    const difference = own[i] - letters[offset + i];
    if (difference > 0) more += difference;
    else less -= difference;
    if (more > most || less > most) return true;
  }
  return false;
}

/** Letters put in, left out, exchanged or swapped with their neighbour; any number above `most` means "more". */
function slips(first, second, most) {
  const width = second.length + 1;
  let [older, before, row] = [new Int32Array(width), new Int32Array(width), Int32Array.from({ length: width }, (_, j) => j)];
  let leastBefore = 0;
  for (let i = 1; i <= first.length; i += 1) {
    [older, before, row] = [before, row, older];
    row[0] = i;
    let least = i;
    for (let j = 1; j < width; j += 1) {
      const same = first.charCodeAt(i - 1) === second.charCodeAt(j - 1);
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (same ? 0 : 1));
      const crossed = i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1];
      if (crossed) cost = Math.min(cost, older[j - 2] + 1);
      row[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > most && leastBefore > most) return most + 1;
    leastBefore = least;
  }
  return row[width - 1];
}

/** The codes whose names are nearest: one slip for every six letters, three at most, no other digits. */
function nearest(key, lookup) {
  if (key.length < SHORTEST_NEAR) return [];
  const layout = layoutOf(lookup);
  return kept(layout.known, key, () => nearestIn(layout, key));
}

function nearestIn({ rows, letters, byDigits }, key) {
  let best = Math.max(1, Math.min(3, Math.floor(key.length / 6)));
  const own = new Uint8Array(LETTERS);
  countLetters(key, own, 0);
  const found = [];
  for (const row of byDigits.get(digitsOf(key)) ?? []) {
    const { name, former, hits } = rows[row];
    if (Math.abs(name.length - key.length) > best || isFarOff(own, letters, row * LETTERS, best)) continue;
    const distance = slips(key, name, best);
    if (distance > best) continue;
    best = distance;
    for (const { path, order, retired } of hits) found.push([distance, former, retired, order, path]);
  }
  const hits = found.filter(([distance]) => distance === best).sort(compare);
  return distinct(hits.map((hit) => hit[4])).slice(0, MOST_NEAR);
}

/** The identifiers that are almost a name; `taken` stretches are left out. */
export function readNear(folded, lookup, taken) {
  const seen = new Set();
  const found = [];
  for (const match of folded.text.matchAll(/(?<![a-z0-9_-])[a-z0-9]+(?:[_-]+[a-z0-9]+)+(?![a-z0-9_-])/g)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const key = plain(match[0]);
    if (taken.some(([from, to]) => from < end && start < to) || seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_IDENTIFIERS) break;
    const near = nearest(key, lookup);
    if (near.length) found.push(nameRead(folded, start, end, "near-name", key, near, lookup));
  }
  return found;
}

/** 0 the same, 1 its beginning, 2 inside it, 3 or 4 a slip or two off. */
function rankOf(word, part) {
  if (word === part) return 0;
  if (part.startsWith(word)) return 1;
  if (word.length >= 3 && part.includes(word)) return 2;
  const most = word.length >= 6 ? 2 : word.length >= 4 ? 1 : 0;
  if (!most || Math.abs(word.length - part.length) > most || digitsOf(word) !== digitsOf(part)) return NO_FIT;
  const distance = slips(word, part, most);
  return distance <= most ? 2 + distance : NO_FIT;
}

/** How well a word fits each part that names are made of. */
const ranksOf = (word, layout) =>
  kept(layout.ranks, word, () => Uint8Array.from(layout.parts, (part) => rankOf(word, part)));

const MOST_CODES = 2 ** 24;
const MOST_OWN = 1023;

/**
 * How well words fit the parts of a name, in one number, the less the better: badness, whether the name is a former
 * one, whether the code is retired (both put in later), whether the order differs, how many parts there are.
 */
function scoreOf(ranks, own) {
  let [badness, turned, place] = [0, 0, -1];
  for (const rank of ranks) {
    let [best, at] = [NO_FIT, 0];
    for (let i = 0; i < own.length && best; i += 1) {
      if (rank[own[i]] < best) [best, at] = [rank[own[i]], i];
    }
    if (best === NO_FIT) return Infinity;
    badness += best;
    if (at < place) turned = 1;
    place = at;
  }
  return (badness * 8 + turned) * (MOST_OWN + 1) + Math.min(own.length, MOST_OWN);
}

/** Put a code's score among the best ones, in order, each code once. */
function keepBest(found, score) {
  if (found.length === MOST_PARTS && score >= found[MOST_PARTS - 1]) return;
  const same = found.findIndex((other) => other % MOST_CODES === score % MOST_CODES);
  if (same >= 0) {
    if (found[same] <= score) return;
    found.splice(same, 1);
  }
  const worse = found.findIndex((other) => other > score);
  found.splice(worse < 0 ? found.length : worse, 0, score);
  found.length = Math.min(found.length, MOST_PARTS);
}

function byParts(wanted, lookup) {
  if (wanted.join("").length < 2) return [];
  const layout = layoutOf(lookup);
  const ranks = wanted.map((word) => ranksOf(word, layout));
  const found = [];
  for (let row = 0; row < layout.rows.length; row += 1) {
    let best = Infinity;
    for (const own of layout.spelled[row]) best = Math.min(best, scoreOf(ranks, own));
    if (best === Infinity) continue;
    const { former, hits } = layout.rows[row];
    for (const { order, retired } of hits) {
      keepBest(found, (best + (former * 4 + retired * 2) * (MOST_OWN + 1)) * MOST_CODES + order);
    }
  }
  return found.map((score) => lookup.paths[score % MOST_CODES]);
}

/** The whole text as a name almost right, or as parts of names in any order. */
export function readPhrase(folded, lookup) {
  const words = wordsOf(folded.text);
  if (!words.length || words.length > LONGEST_PHRASE || !ALL_WORDS.test(folded.text)) return [];
  const [start, end] = [words[0][0], words.at(-1)[1]];
  const key = plain(folded.text);
  const near = nearest(key, lookup);
  if (near.length) return [nameRead(folded, start, end, "near-name", key, near, lookup)];
  const wanted = words.map(([from, to]) => upper(folded.text.slice(from, to)));
  const without = wanted.filter((word) => !lookup.products.has(lower(word)));
  const found = byParts(without.length ? without : wanted, lookup);
  return found.length ? [nameRead(folded, start, end, "parts", key, found, lookup)] : [];
}
