/** The stretch of a text that answers a question, with what was asked for marked. */

import { mapped, pieces } from "./codeglot-words-text.js";

const WIDTH = 110;
const LEAD = 24;

const columns = (text) => [...text].reduce((sum, one) => sum + (/[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]/.test(one) ? 2 : 1), 0);

/** Where words and strings stand in a text, as stretches that do not touch. */
function stretches(text, { words, strings }) {
  const found = [];
  const spaced = mapped(text, true);
  for (const piece of pieces(spaced.text)) {
    if (piece.kind === "word" && words.has(piece.text)) found.push([spaced.at[piece.start], spaced.at[piece.end]]);
  }
  const inner = [...text.matchAll(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g)];
  for (const { 0: word, index } of inner) {
    if (words.has(word.toLowerCase())) found.push([index, index + word.length]);
  }
  const tight = mapped(text, false);
  for (const string of strings) {
    for (let at = tight.text.indexOf(string); at >= 0; at = tight.text.indexOf(string, at + 1)) {
      found.push([tight.at[at], tight.at[at + string.length]]);
    }
  }
  found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
  const merged = [];
  for (const [start, end] of found) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged.map(([start, end]) => [start, start + text.slice(start, end).trimEnd().length]);
}

/** The beginning and end of the stretch that is shown: about `WIDTH` columns around most of what is marked. */
function window(text, marked) {
  if (columns(text) <= WIDTH || !marked.length) return cutAt(text, 0);
  let best = [0, -1];
  for (const [start] of marked) {
    const end = cutAt(text, start)[1];
    const sum = marked.reduce((all, [from, to]) => all + (from >= start && to <= end ? to - from : 0), 0);
    if (sum > best[1]) best = [start, sum];
  }
  if (columns(text.slice(0, best[0])) <= LEAD) return cutAt(text, 0);
  const rest = columns(text.slice(best[0]));
  let begin = best[0];
  for (let used = 0; begin > 0 && used < Math.max(LEAD, WIDTH - rest); begin -= 1) used += columns(text[begin - 1]);
  const gap = text.slice(begin, best[0]).search(/(?<=[\s,.;:!?，。；：！？、])\S/);
  return cutAt(text, begin && gap > 0 ? begin + gap : begin);
}

/** From `begin` as far as the width goes, cut at a space where there is one near. */
function cutAt(text, begin) {
  let end = begin;
  for (let used = 0; end < text.length; end += 1) {
    used += columns(text[end]);
    if (used > WIDTH) break;
  }
  if (end >= text.length) return [begin, text.length];
  const space = text.lastIndexOf(" ", end);
  return [begin, space > begin + (end - begin) * 0.7 ? space : end];
}

/** The passage as pieces in order: a string, or `{mark: string}` for what was asked for. */
export function passage(text, marks) {
  const marked = stretches(text, marks);
  const [begin, end] = window(text, marked);
  const parts = begin ? ["…"] : [];
  let position = begin;
  for (const [from, to] of marked) {
    if (to <= begin || from >= end) continue;
    if (from > position) parts.push(text.slice(position, from));
    parts.push({ mark: text.slice(Math.max(from, position), Math.min(to, end)) });
    position = Math.min(to, end);
  }
  parts.push(text.slice(position, end));
  if (end < text.length) parts.push("…");
  return parts.filter((part) => part !== "");
}
