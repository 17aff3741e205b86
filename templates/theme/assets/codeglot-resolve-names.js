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

/** Whether words that spell a name are one, and no ordinary words. */
function isMeant(folded, words, first, last, key, spaced, lookup) {
  if (first === 0 && last === words.length - 1 && ALL_WORDS.test(folded.text)) return true;
  const spellings = lookup.spellings.get(key);
  if (spellings.includes(folded.cased.slice(words[first][0], words[last][1]))) return true;
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

/** How often each letter and digit stands in a plain name. */
function lettersOf(name) {
  const letters = new Uint8Array(36);
  for (let i = 0; i < name.length; i += 1) {
    const point = name.charCodeAt(i);
    letters[point < 58 ? point - 48 : point - 55] += 1;
  }
  return letters;
}

/** No fewer slips than this lie between two names: every letter that one has more of than the other takes one. */
function leastSlips(first, second) {
  let [more, less] = [0, 0];
  for (let i = 0; i < 36; i += 1) {
    const difference = first[i] - second[i];
    if (difference > 0) more += difference;
    else less -= difference;
  }
  return Math.max(more, less);
}

/** Something made of each name once for a lookup and kept. */
function kept(make) {
  const all = new WeakMap();
  return (lookup, name) => {
    if (!all.has(lookup)) all.set(lookup, new Map());
    const known = all.get(lookup);
    if (!known.has(name)) known.set(name, make(name));
    return known.get(name);
  };
}

const lettersIn = kept(lettersOf);
const partsIn = kept(partsOf);

/** Letters put in, left out, exchanged or swapped with their neighbour; any number above `most` means "more". */
function slips(first, second, most) {
  let older = [];
  let before = [];
  let row = Array.from({ length: second.length + 1 }, (_, j) => j);
  for (let i = 1; i <= first.length; i += 1) {
    [older, before, row] = [before, row, [i]];
    for (let j = 1; j <= second.length; j += 1) {
      const exchanged = before[j - 1] + (first[i - 1] === second[j - 1] ? 0 : 1);
      let cost = Math.min(before[j] + 1, row[j - 1] + 1, exchanged);
      if (i > 1 && j > 1 && first[i - 1] === second[j - 2] && first[i - 2] === second[j - 1]) {
        cost = Math.min(cost, older[j - 2] + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most && (i === 1 || Math.min(...before) > most)) return most + 1;
  }
  return row.at(-1);
}

/** The codes whose names are nearest: one slip for every six letters, three at most, no other digits. */
function nearest(key, lookup) {
  if (key.length < SHORTEST_NEAR) return [];
  let best = Math.max(1, Math.min(3, Math.floor(key.length / 6)));
  const digits = digitsOf(key);
  const letters = lettersOf(key);
  const found = [];
  for (const [former, table] of [[0, lookup.names], [1, lookup.former]]) {
    for (const [name, paths] of table) {
      if (Math.abs(name.length - key.length) > best) continue;
      if (leastSlips(letters, lettersIn(lookup, name)) > best || digitsOf(name) !== digits) continue;
      const distance = slips(key, name, best);
      if (distance > best) continue;
      best = distance;
      for (const path of paths) {
        found.push([distance, former, lookup.codes.get(path).retired ? 1 : 0, lookup.order.get(path), path]);
      }
    }
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

/** How well words fit the parts of a name: badness, whether the order differs, how many parts there are. */
function scoreOf(wanted, own, rank) {
  let badness = 0;
  let turned = 0;
  let place = -1;
  for (const word of wanted) {
    const ranks = own.map((part) => rank(word, part));
    const best = Math.min(NO_FIT, ...ranks);
    if (best === NO_FIT) return null;
    badness += best;
    const at = ranks.indexOf(best);
    if (at < place) turned = 1;
    place = at;
  }
  return [badness, turned, own.length];
}

function byParts(wanted, lookup) {
  if (wanted.join("").length < 2) return [];
  const known = new Map();
  const rank = (word, part) => {
    if (!known.has(word)) known.set(word, new Map());
    const ranks = known.get(word);
    if (!ranks.has(part)) ranks.set(part, rankOf(word, part));
    return ranks.get(part);
  };
  const scored = [];
  for (const [former, table] of [[0, lookup.names], [1, lookup.former]]) {
    for (const [key, paths] of table) {
      const scores = lookup.spellings.get(key).map((name) => scoreOf(wanted, partsIn(lookup, name), rank)).filter(Boolean);
      if (!scores.length) continue;
      const best = scores.sort(compare)[0];
      for (const path of paths) {
        const retired = lookup.codes.get(path).retired ? 1 : 0;
        scored.push([best[0], former, retired, best[1], best[2], lookup.order.get(path), path]);
      }
    }
  }
  return distinct(scored.sort(compare).map((hit) => hit[6])).slice(0, MOST_PARTS);
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
