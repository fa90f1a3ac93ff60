import { read } from '../protocol/read.ts';
import type { Entry, Fact, History } from './entry.ts';
import type { Redact } from './redact.ts';
import { redactFact } from './redact-fact.ts';

const EXCERPT_CHARACTERS = 200;

/** Records everything that happens. Append-only; every fact is redacted before it is recorded. */
export interface Recorder {
  readonly history: History;
  /** Records one fact. `atMs` is the moment it happened, when that is earlier than now. */
  record(connection: string, fact: Fact, atMs?: number): Entry;
  /** Records one text message, read or unreadable. `bytes` is its size in UTF-8. */
  recordText(connection: string, direction: 'sent' | 'received', text: string, bytes: number, atMs?: number): Entry;
  /** Appends entries that other recorders recorded, and redacted. Their numbers must follow the last index. */
  adopt(entries: History): void;
  /** Calls `listener` with every later entry of the connection, until the returned function is called. */
  watch(connection: string, listener: (entry: Entry) => void): () => void;
}

/** What a recorder needs from outside: a monotonic clock in milliseconds and a redactor. */
export interface RecorderOptions {
  readonly clock: () => number;
  readonly redact: Redact;
}

export function createRecorder({ clock, redact }: RecorderOptions): Recorder {
  const history: Entry[] = [];
  const listeners = new Map<string, Set<(entry: Entry) => void>>();

  const append = (connection: string, fact: Fact, atMs: number): Entry => {
    const entry: Entry = { index: history.length, atMs, connection, ...fact };
    history.push(entry);
    for (const listener of listeners.get(connection) ?? []) listener(entry);
    return entry;
  };

  return {
    history,
    record: (connection, fact, atMs = clock()) => append(connection, redactFact(fact, redact), atMs),
    recordText: (connection, direction, text, bytes, atMs = clock()) =>
      append(connection, factOfText(direction, redact(text), bytes), atMs),
    adopt: (entries) => entries.forEach((entry) => history.push(entry)),
    watch(connection, listener) {
      const watching = listeners.get(connection) ?? new Set();
      listeners.set(connection, watching.add(listener));
      return () => {
        watching.delete(listener);
        if (watching.size === 0 && listeners.get(connection) === watching) listeners.delete(connection);
      };
    },
  };
}

/** The fact that a text message is, from its (redacted) text. */
export function factOfText(direction: 'sent' | 'received', text: string, bytes: number): Fact {
  const reading = read(text);
  if (reading.readable) return { kind: direction, text, bytes, message: reading.message };
  const { why, fault } = reading;
  return {
    kind: 'unreadable',
    direction,
    why,
    excerpt: text.slice(0, EXCERPT_CHARACTERS),
    bytes,
    ...(fault !== undefined && { problem: fault.problem }),
    ...(fault?.type !== undefined && { type: fault.type }),
  };
}
