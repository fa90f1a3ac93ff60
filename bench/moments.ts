import type { UserSession } from '../src/load/execute/user-session.ts';
import { connectionsOf } from '../src/history/connections.ts';
import type { Entry } from '../src/history/entry.ts';
import type { JournalEntry } from '../src/twin/server/journal.ts';

/** Durations of one phase in milliseconds: as the client read the end, and as the twin wrote it. */
export interface Moments {
  readonly reported: number[];
  readonly written: number[];
}

const ENDS = { welcome: 'welcome', pong: 'pong', 'first-event': 'agent_started', run: 'agent_completed' } as const;

type TimedMoment = keyof typeof ENDS;

/** Pairs what clients recorded with what the twin noted of the same frames, by the client's TCP port. */
export function momentsOf(
  sessions: readonly UserSession[],
  journal: readonly JournalEntry[],
  offsetMs: number,
): Readonly<Record<TimedMoment, Moments>> {
  const written = new Map<number | undefined, JournalEntry[]>();
  for (const entry of journal) {
    if (entry.kind === 'text') written.set(entry.clientPort, [...(written.get(entry.clientPort) ?? []), entry]);
  }
  const empty = (): Moments => ({ reported: [], written: [] });
  const all = { welcome: empty(), pong: empty(), 'first-event': empty(), run: empty() };
  for (const { recorder } of sessions) {
    const [connection] = connectionsOf(recorder.history);
    const ofTwin = written.get(connection?.opened?.localPort) ?? [];
    if (connection === undefined) continue;
    for (const phase of ['welcome', 'pong', 'first-event', 'run'] as const) {
      const start = startOf(phase, connection.entries);
      const read = connection.entries.find((entry) => entry.kind === 'received' && isEnd(phase, entry));
      const sent = ofTwin.find((entry) => entry.kind === 'text' && entry.label === ENDS[phase]);
      if (start === undefined || read === undefined || sent === undefined) continue;
      all[phase].reported.push(read.atMs - start.atMs);
      all[phase].written.push(Math.max(0, sent.atMs - offsetMs - start.atMs));
    }
  }
  return all;
}

function startOf(phase: TimedMoment, entries: readonly Entry[]): Entry | undefined {
  if (phase === 'welcome') return entries.find(({ kind }) => kind === 'handshake-request');
  const type = phase === 'pong' ? 'ping' : 'user_message';
  return entries.find((entry) => entry.kind === 'sent' && entry.message.type === type);
}

function isEnd(phase: TimedMoment, entry: Entry): boolean {
  if (entry.kind !== 'received') return false;
  if (phase === 'welcome' || phase === 'pong') return entry.message.meaning === phase;
  return entry.message.event === ENDS[phase];
}
