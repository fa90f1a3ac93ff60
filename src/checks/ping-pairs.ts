import type { Connection } from '../history/connections.ts';
import type { EntryOf } from '../history/entry.ts';
import type { Meaning } from '../protocol/meaning.ts';
import { timestampMs } from '../protocol/timestamps.ts';

/** A question and its answer on one connection. */
export interface Pair {
  readonly ping: EntryOf<'sent'>;
  readonly pong: EntryOf<'received'> | undefined;
}

/** All questions of one kind with their answers, and the answers without a question. */
export interface Pairing {
  readonly pairs: readonly Pair[];
  /** Answers that echo something we never asked. */
  readonly mismatched: readonly EntryOf<'received'>[];
  /** Answers beyond the number of questions. */
  readonly surplus: readonly EntryOf<'received'>[];
}

/**
 * Pairs the questions of a connection with their answers: by the id or timestamp that an answer echoes, otherwise by order
 * (design rule 8). Answers that arrive before the first question answer nothing and are surplus.
 */
export function pair(connection: Connection, question: Meaning, answer: Meaning): Pairing {
  const open: EntryOf<'sent'>[] = [];
  const answered = new Map<EntryOf<'sent'>, EntryOf<'received'>>();
  const asked: EntryOf<'sent'>[] = [];
  const mismatched: EntryOf<'received'>[] = [];
  const surplus: EntryOf<'received'>[] = [];
  for (const entry of connection.entries) {
    if (entry.kind === 'sent' && entry.message.meaning === question) {
      open.push(entry);
      asked.push(entry);
    } else if (entry.kind === 'received' && entry.message.meaning === answer) {
      const echo = entry.message.echo ?? ownIdOf(entry, asked);
      const position = echo === undefined ? 0 : open.findIndex((ping) => isEchoOf(echo, ping));
      const [ping] = position === -1 ? [] : open.splice(position, 1);
      if (ping !== undefined) answered.set(ping, entry);
      else if (echo !== undefined && !asked.some((candidate) => isEchoOf(echo, candidate))) mismatched.push(entry);
      else surplus.push(entry);
    }
  }
  return { pairs: asked.map((ping) => ({ ping, pong: answered.get(ping) })), mismatched, surplus };
}

/** A message may carry an id of its own (protocol notes §7.1). It is an echo only when we sent the same id. */
function ownIdOf({ message }: EntryOf<'received'>, asked: readonly EntryOf<'sent'>[]): string | undefined {
  return asked.some((ping) => ping.message.sentId === message.sentId) ? message.sentId : undefined;
}

function isEchoOf(echo: string, { message }: EntryOf<'sent'>): boolean {
  if (message.sentId === echo) return true;
  const echoedMs = timestampMs(Number.isNaN(Number(echo)) ? echo : Number(echo));
  return echoedMs !== undefined && message.timestampMs === echoedMs;
}
