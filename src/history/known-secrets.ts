import { REDACTED } from './redaction-marks.ts';
import { hasGaps, withoutGaps } from './text-gaps.ts';

/** Length of the blocks in which a text is looked up. */
const BLOCK = 8;

/** A piece this long holds a whole block wherever the blocks of the text begin, so it is always found. */
const SHORTEST_PIECE = 2 * BLOCK - 1;

const MARKS = 65_536;

const SPECIAL_CHARACTER = /[\\^$.*+?()[\]{}|/-]/g;

/** A part of a text: from its first character up to, and without, `to`. */
interface Part {
  readonly from: number;
  readonly to: number;
}

/** Where a block stands in the spelling of a secret. */
interface BlockPlace {
  readonly spelling: string;
  readonly at: number;
}

/**
 * Replaces the configured secrets in a text, whole or in pieces of {@link SHORTEST_PIECE} characters and more: a secret that
 * was cut off, or whose second half comes in the next message, leaves no readable half. Escapes and line breaks between the
 * characters do not hide it. `spellings` are all forms in which a secret may be written.
 *
 * The time is linear in the text: every block of {@link BLOCK} characters is looked up once, and a hit is extended over the
 * length of one spelling at most. Spellings that are shorter than a piece are found only whole.
 */
export function createKnownSecrets(spellings: readonly string[]): (text: string) => string {
  const distinct = new Set(spellings.map(plain).filter((spelling) => spelling !== ''));
  const blocks = blocksOf([...distinct].filter(({ length }) => length >= SHORTEST_PIECE));
  const short = anyOf([...distinct].filter(({ length }) => length < SHORTEST_PIECE));
  const partsOf = (text: string): readonly Part[] =>
    short === undefined ? piecesIn(text, blocks) : [...piecesIn(text, blocks), ...matchesIn(text, short)];
  return (text) => {
    if (!hasGaps(text)) return withMarks(text, partsOf(text));
    const { joined, positionOf } = withoutGaps(text);
    const parts = partsOf(joined).map(({ from, to }) => ({
      from: beforeEscapes(text, positionOf(from)),
      to: positionOf(to - 1) + 1,
    }));
    return withMarks(text, parts);
  };
}

function plain(spelling: string): string {
  return hasGaps(spelling) ? withoutGaps(spelling).joined : spelling;
}

/** All blocks of all spellings. `marks` rules out nearly every block of an ordinary text for the price of three characters. */
interface Blocks {
  readonly marks: Uint8Array;
  readonly places: ReadonlyMap<string, readonly BlockPlace[]>;
}

function blocksOf(spellings: readonly string[]): Blocks {
  const marks = new Uint8Array(MARKS);
  const places = new Map<string, BlockPlace[]>();
  for (const spelling of spellings) {
    for (let at = 0; at + BLOCK <= spelling.length; at += 1) {
      marks[markOf(spelling, at)] = 1;
      const block = spelling.slice(at, at + BLOCK);
      const known = places.get(block);
      if (known === undefined) places.set(block, [{ spelling, at }]);
      else known.push({ spelling, at });
    }
  }
  return { marks, places };
}

function markOf(text: string, at: number): number {
  return (text.charCodeAt(at) * 1031 + text.charCodeAt(at + 3) * 257 + text.charCodeAt(at + BLOCK - 1)) % MARKS;
}

function piecesIn(text: string, { marks, places: known }: Blocks): readonly Part[] {
  const pieces: Part[] = [];
  let end = 0;
  let at = 0;
  while (at + BLOCK <= text.length) {
    const places = marks[markOf(text, at)] === 1 ? known.get(text.slice(at, at + BLOCK)) : undefined;
    const piece = places === undefined ? undefined : longestPiece(text, at, places, end);
    if (piece !== undefined) {
      pieces.push(piece);
      end = piece.to;
    }
    at = Math.max(at + BLOCK, end);
  }
  return pieces;
}

/** The longest piece of a secret around a block; undefined when it is shorter than a piece must be. */
function longestPiece(text: string, at: number, places: readonly BlockPlace[], least: number): Part | undefined {
  let longest: Part | undefined;
  for (const { spelling, at: within } of places) {
    let from = at;
    while (from > least && text[from - 1] === spelling[within - (at - from) - 1]) from -= 1;
    let to = at + BLOCK;
    while (to < text.length && text[to] === spelling[within + (to - at)]) to += 1;
    const isLonger = longest === undefined || to - from > longest.to - longest.from;
    if (to - from >= SHORTEST_PIECE && isLonger) longest = { from, to };
  }
  return longest;
}

/** Longest first, so that a secret that contains another leaves no remainder. */
function anyOf(spellings: readonly string[]): RegExp | undefined {
  if (spellings.length === 0) return undefined;
  const longestFirst = spellings.toSorted((a, b) => b.length - a.length);
  return new RegExp(
    longestFirst.map((spelling) => spelling.replaceAll(SPECIAL_CHARACTER, String.raw`\$&`)).join('|'),
    'g',
  );
}

function matchesIn(text: string, pattern: RegExp): readonly Part[] {
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
}

/** The backslashes in front of a character belong to its escape: alone they would make a JSON text invalid. */
function beforeEscapes(text: string, position: number): number {
  let from = position;
  while (text[from - 1] === '\\') from -= 1;
  return from;
}

function withMarks(text: string, parts: readonly Part[]): string {
  if (parts.length === 0) return text;
  let result = '';
  let end = 0;
  for (const { from, to } of parts.toSorted((a, b) => a.from - b.from)) {
    if (from >= end) result += `${text.slice(end, from)}${REDACTED.secret}`;
    end = Math.max(end, to);
  }
  return result + text.slice(end);
}
