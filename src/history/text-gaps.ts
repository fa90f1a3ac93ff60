/**
 * What may stand between two characters of a secret without being part of it: the backslashes of any number of JSON escapes,
 * and line breaks, real or escaped, with the white space and the marks of a quoted or encoded mail around them.
 */
const GAP = /((?:=?[\r\n]|\\+[rn])+[ \t>]*)|\\+/g;
const GAP_MARK = /[\\\r\n]/;

/** Whether a text holds any gap at all. */
export function hasGaps(text: string): boolean {
  return GAP_MARK.test(text);
}

/** A text without its gaps. */
export interface TextWithoutGaps {
  readonly joined: string;
  /** Where a character of the joined text stands in the original. */
  positionOf(index: number): number;
}

/**
 * Leaves all gaps out of a text. The time is linear in the text: a gap is read to its end once or twice, and the white
 * space in front of it once more.
 */
export function withoutGaps(text: string): TextWithoutGaps {
  const pieces: string[] = [];
  /** Where each piece begins, in the joined text and in the original. */
  const joinedStarts: number[] = [];
  const originalStarts: number[] = [];
  let length = 0;
  let from = 0;
  const keep = (to: number): void => {
    if (to <= from) return;
    pieces.push(text.slice(from, to));
    joinedStarts.push(length);
    originalStarts.push(from);
    length += to - from;
  };
  for (const { index, 0: gap, 1: lineBreak } of text.matchAll(GAP)) {
    keep(lineBreak === undefined ? index : beforeBlanks(text, index, from));
    from = index + gap.length;
  }
  keep(text.length);
  return { joined: pieces.join(''), positionOf };

  function positionOf(index: number): number {
    const piece = lastAtMost(joinedStarts, index);
    return (originalStarts[piece] ?? 0) + index - (joinedStarts[piece] ?? 0);
  }
}

function beforeBlanks(text: string, position: number, least: number): number {
  let from = position;
  while (from > least && (text[from - 1] === ' ' || text[from - 1] === '\t')) from -= 1;
  return from;
}

/** The position of the last of some ascending numbers that is not above a limit. */
function lastAtMost(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if ((ascending[middle] ?? Infinity) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
