/** Tables in a text: a row of headers tells which columns hold codes and which hold something else. */

/** What stands between cells, and how many there must be. */
const MARKS = [["\t", 2], ["|", 3], [";", 3], [",", 3]];
const LONGEST_HEADER = 400;
const LONGEST_CELL = 40;

/** What a line of headers has between them, and of each whether it speaks of codes. */
function headersOf(line, isTelling) {
  if (line.length > LONGEST_HEADER || /[0-9:={}]/.test(line)) return null;
  for (const [mark, fewest] of MARKS) {
    const values = line.split(mark);
    if (values.length < fewest || values.some((value) => value.length > LONGEST_CELL)) continue;
    const telling = values.map(isTelling);
    if (telling.includes(true)) return { mark, telling };
  }
  return null;
}

/** The cells below headers that speak of codes, in order: start, end, whether the own header does. */
export function headed(text, isTelling) {
  const cells = [];
  let headers = null;
  let position = 0;
  for (const line of text.split("\n")) {
    const values = headers ? line.split(headers.mark) : [];
    if (headers && values.length === headers.telling.length) {
      let start = position;
      values.forEach((value, column) => {
        cells.push([start, start + value.length, headers.telling[column]]);
        start += value.length + 1;
      });
    } else {
      headers = headersOf(line, isTelling);
    }
    position += line.length + 1;
  }
  return cells;
}
