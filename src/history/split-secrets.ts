import { REDACTED } from './redaction-marks.ts';

const BREAKS = ['\n', '\r', String.raw`\n`, String.raw`\r`];
/** A line break, real or escaped, with the white space and quotation marks of a mail that surround it. */
const BREAK = /[ \t]*(?:=?[\r\n]|\\[rn])+[ \t>]*/g;

/** Replaces secrets that line breaks, real or escaped ones, split into pieces. `known` matches a whole secret. */
export function redactSplit(text: string, known: RegExp): string {
  if (!BREAKS.some((mark) => text.includes(mark))) return text;
  const joined = text.replace(BREAK, '');
  const found = [...joined.matchAll(known)];
  if (found.length === 0) return text;
  const positions = positionsOutsideBreaks(text);
  let result = '';
  let end = 0;
  for (const {
    index,
    0: { length },
  } of found) {
    const [from = 0, to = 0] = [positions[index], positions[index + length - 1]];
    result += `${text.slice(end, from)}${REDACTED.secret}`;
    end = to + 1;
  }
  return result + text.slice(end);
}

/** For every character of the joined text, where it stands in the text. */
function positionsOutsideBreaks(text: string): readonly number[] {
  const positions: number[] = [];
  let position = 0;
  for (const { index, 0: gap } of text.matchAll(BREAK)) {
    for (; position < index; position += 1) positions.push(position);
    position = index + gap.length;
  }
  for (; position < text.length; position += 1) positions.push(position);
  return positions;
}
