import type { Connection } from '../history/connections.ts';
import { isCompanion } from '../history/companions.ts';
import type { Entry, EntryOf } from '../history/entry.ts';
import { isJsonObject } from '../protocol/fields.ts';
import type { JsonObject } from '../protocol/fields.ts';

/** Fields that are no content: what joins the text of chunks must not stand between them. */
const NO_CONTENT = /^(?:type|event|status|role|id|timestamp|\w+_id|\w+_at)$/;

const DEEPEST = 6;

/** What several messages of one socket say one after the other. */
export interface JoinedText {
  readonly text: string;
  /** The messages that hold the characters from `from` on, in order. */
  entriesFrom(from: number, length: number): readonly EntryOf<'received'>[];
}

/**
 * The texts of the chunks, reports and thoughts of one socket, joined across its messages: once all in order of arrival, and
 * once by what the messages name and where the text stands, so that other messages between two chunks do not part them.
 * Nothing is joined where there is no more than one thought for each of `thoughtRuns` runs.
 */
export function joinedTexts(connection: Connection, thoughtRuns: number): readonly JoinedText[] {
  const spoken = connection.entries.filter(isSpoken);
  if (!spoken.some(isCompanion) && spoken.length <= thoughtRuns) return [];
  const pieces = new Map<string, Piece[]>();
  for (const entry of spoken) collect(pieces, entry);
  return [...pieces.values()].filter((each) => each.length > 0).map(joined);
}

interface Piece {
  readonly entry: EntryOf<'received'>;
  readonly text: string;
}

const EVERYTHING = '';

function isSpoken(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && (entry.message.thought !== undefined || isCompanion(entry));
}

function collect(pieces: Map<string, Piece[]>, entry: EntryOf<'received'>): void {
  const { type, run = '', thread = '', thought } = entry.message;
  const add = (place: string, text: string): void => {
    for (const key of [EVERYTHING, `${type} ${run} ${thread} ${place}`]) {
      const list = pieces.get(key);
      if (list === undefined) pieces.set(key, [{ entry, text }]);
      else list.push({ entry, text });
    }
  };
  if (thought !== undefined) return add('thought', thought);
  const root: unknown = JSON.parse(entry.text);
  if (isJsonObject(root)) walk(root, '', 0, add);
}

function walk(at: JsonObject, path: string, depth: number, add: (place: string, text: string) => void): void {
  for (const [name, value] of Object.entries(at)) {
    if (NO_CONTENT.test(name)) continue;
    const place = `${path}.${name}`;
    if (typeof value === 'string') add(place, value);
    else if (Array.isArray(value) && depth < DEEPEST) for (const item of value) walk({ item }, place, depth + 1, add);
    else if (isJsonObject(value) && depth < DEEPEST) walk(value, place, depth + 1, add);
  }
}

function joined(pieces: readonly Piece[]): JoinedText {
  const ends: number[] = [];
  let length = 0;
  for (const { text } of pieces) ends.push((length += text.length));
  return {
    text: pieces.map(({ text }) => text).join(''),
    entriesFrom: (from, count) => [
      ...new Set(
        pieces
          .filter((piece, at) => (ends[at] ?? 0) > from && (ends[at] ?? 0) - piece.text.length < from + count)
          .map(({ entry }) => entry),
      ),
    ],
  };
}
