import { z } from 'zod';
import { STAGES } from '../history/entry.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import { isProbeName } from '../history/probe-names.ts';
import type { ProbeName } from '../history/probe-names.ts';
import { factOfText } from '../history/recorder.ts';
import { isWaitGoal } from '../history/wait-goals.ts';
import type { WaitGoal } from '../history/wait-goals.ts';
import { UNREADABLE } from '../protocol/message.ts';

type Text = EntryOf<'sent'> | EntryOf<'received'>;

/** One entry as it is stored: without what can be read from its text again. */
export type SavedEntry = Exclude<Entry, Text> | Omit<Text, 'message'>;

/** The entries of a history as plain values for JSON; what a text says is left out, because the text says it. */
export function savedHistory(history: History): readonly SavedEntry[] {
  return history.map((entry) => {
    if (entry.kind !== 'sent' && entry.kind !== 'received') return entry;
    const { message: _, ...saved } = entry;
    return saved;
  });
}

/** The inverse of {@link savedHistory}: reads every text again. */
export function restoredHistory(saved: readonly SavedEntry[]): History {
  return saved.map((entry): Entry => {
    if (!('text' in entry)) return entry;
    const { index, atMs, connection, kind, text, bytes } = entry;
    return { index, atMs, connection, ...factOfText(kind, text, bytes) };
  });
}

const text = z.string();
const number = z.number();
const direction = z.enum(['sent', 'received']);
const headers = z.record(text, text).readonly();

/** A kind of entry with its fields, beside number, moment and connection. */
function kind<const Kind extends string, Fields extends z.core.$ZodLooseShape>(name: Kind, fields: Fields) {
  return z.object({ index: number, atMs: number, connection: text, kind: z.literal(name), ...fields }).readonly();
}

/** Readers of every kind of entry as it is stored: what can be read from a text again is not stored with it. */
export const SAVED_ENTRY = z.discriminatedUnion('kind', [
  kind('handshake-request', {
    url: text,
    headers,
    offered: z.array(text).readonly(),
    user: text,
    credential: text,
  }),
  kind('reached', { stage: z.enum(STAGES), found: text }),
  kind('handshake-answer', { status: number, headers, body: text.exactOptional() }),
  kind('opened', { subprotocol: text, localPort: number }),
  kind('refused', { because: text, code: text.exactOptional() }),
  kind('sent', { text, bytes: number }),
  kind('received', { text, bytes: number }),
  kind('unreadable', {
    direction,
    why: z.enum(UNREADABLE),
    excerpt: text,
    bytes: number,
    problem: text.exactOptional(),
    type: text.exactOptional(),
  }),
  kind('control', { direction, opcode: z.enum(['ping', 'pong']), payload: text }),
  kind('quiet', { forMs: number }),
  kind('deadline', {
    limit: z.enum(['total', 'gap', 'idle']),
    waitingFor: z.custom<WaitGoal>(isWaitGoal, 'what a wait waits for (src/history/wait-goals.ts)'),
    afterMs: number,
    lastSeen: number.exactOptional(),
  }),
  kind('broken', { code: text, message: text }),
  kind('flooded', {
    limit: z.enum(['frames', 'bytes']),
    most: number,
    frames: number,
    bytes: number,
    forMs: number,
  }),
  kind('closed', { code: number, reason: text, by: z.enum(['us', 'them']) }),
  kind('ended', {}),
  kind('probe', {
    name: z.custom<ProbeName>(isProbeName, 'the name of a probe (src/history/probe-names.ts)'),
    target: text,
    durationMs: number,
    status: number.exactOptional(),
    headers: headers.exactOptional(),
    body: text.exactOptional(),
    found: text.exactOptional(),
    error: text.exactOptional(),
  }),
  kind('fault', { name: text, hit: text }),
  kind('lag', { lateMs: number }),
]);
