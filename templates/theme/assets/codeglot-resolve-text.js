/** Text as the resolver sees it: one spelling for what people and editors write in many. */

export const abs = (value) => (value < 0n ? -value : value);
export const distinct = (items) => [...new Set(items)];
export const digitsOf = (text) => text.replace(/[^0-9]+/g, "");
export const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** Letters of ASCII, Latin 1 and Russian in lower case; case tables differ between languages. */
export const lower = (text) => text.replace(/[A-ZÀ-ÖØ-ÞА-ЯЁ]+/g, (letters) => letters.toLowerCase());
export const upper = (text) => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
/** The letters and digits of a name alone, in capitals. */
export const plain = (name) => upper(name).replace(/[^A-Z0-9]+/g, "");
/** The words a name is made of: at its separators and before inner capitals. */
export const partsOf = (name) => upper(name.replace(/([a-z])(?=[A-Z])/g, "$1_")).split(/[^A-Z0-9]+/).filter(Boolean);
export const compare = (first, second) => {
  for (let i = 0; i < first.length; i += 1) {
    if (first[i] !== second[i]) return first[i] < second[i] ? -1 : 1;
  }
  return 0;
};

const ZERO_WIDTH = new Set([0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);
const LINE_ENDS = new Set([0x0a, 0x85, 0x2028, 0x2029]);
const SPACES = new Set([0x09, 0x0b, 0x0c, 0x0d, 0xa0, 0x1680, 0x202f, 0x205f, 0x3000]);
const HYPHENS = new Set([0x2010, 0x2011, 0x2013, 0x2212, 0xfe63]);
const QUOTES = new Map([[0x201c, '"'], [0x201d, '"'], [0x201e, '"'], [0x2018, "'"], [0x2019, "'"]]);
const MARKUP = /^(?:<br ?\/?>|&nbsp;|&quot;|\\(?=[_"'-]))/i;

function foldPoint(point) {
  if (point >= 0xff01 && point <= 0xff5e) return String.fromCharCode(point - 0xfee0);
  if (ZERO_WIDTH.has(point)) return "";
  if (LINE_ENDS.has(point)) return "\n";
  if (SPACES.has(point) || (point >= 0x2000 && point <= 0x200a)) return " ";
  if (HYPHENS.has(point)) return "-";
  if (point > 0xffff || (point >= 0xd800 && point <= 0xdfff)) return "\ufffd";
  return QUOTES.get(point) ?? String.fromCharCode(point);
}

/** A text folded character by character, with the way back to the original's code points. */
export function fold(text, longest) {
  const source = [...text.slice(0, 2 * longest)].slice(0, longest);
  const characters = [];
  const starts = [];
  for (let position = 0; position < source.length; ) {
    const head = source[position];
    let folded;
    let step = 1;
    const markup =
      head === "<" || head === "&" || head === "\\" ? MARKUP.exec(source.slice(position, position + 8).join("")) : null;
    if (markup) {
      const kind = markup[0].slice(0, 2).toLowerCase();
      folded = kind === "&n" ? " " : kind === "&q" ? '"' : "";
      step = markup[0].length;
    } else {
      folded = foldPoint(head.codePointAt(0));
    }
    if (folded) {
      characters.push(folded);
      starts.push(position);
    }
    position += step;
  }
  const cased = characters.join("");
  const lowered = lower(cased);
  const tabs = starts.flatMap((start, at) => (source[start] === "\t" ? [at] : []));
  return {
    text: lowered,
    cased,
    /** `text` with the tabs of the original, which tell cells apart. */
    tabbed: tabs.length ? [...lowered].map((character, at) => (source[starts[at]] === "\t" ? "\t" : character)).join("") : lowered,
    original(start, end) {
      const [first, last] = [starts[start], starts[end - 1] + 1];
      return { start: first, end: last, text: source.slice(first, last).join("") };
    },
  };
}
