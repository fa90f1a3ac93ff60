import type { Connection } from '../../history/connections.ts';
import { allOf, firstOf } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Run } from '../../history/runs.ts';
import type { Evidence } from './evidence.ts';
import { matchOn } from './evidence.ts';
import { openRunOf, rungOf } from './milestones.ts';
import type { Match } from './signature.ts';

/** What a connection was doing when it ended. */
export const STAGES = ['before-welcome', 'idle', 'exchange', 'request', 'run'] as const;

export type Stage = (typeof STAGES)[number];

/** An accepted connection that the server, or something between, ended. */
export interface Ending {
  readonly connection: Connection;
  readonly code: number;
  readonly reason: string;
  readonly stage: Stage;
  /** From the accepted upgrade to the end, in milliseconds. */
  readonly ageMs: number;
  /** Messages that were received. */
  readonly frames: number;
  /** The first error message that was received. */
  readonly error: EntryOf<'received'> | undefined;
  /** Whether the server had answered anything after its welcome. */
  readonly hadAnswered: boolean;
}

/** The endings of the trusted connections that a finding names. One that a broken frame caused is told by the frame. */
export function endingsOf(evidence: Evidence): readonly Ending[] {
  return evidence.affected.flatMap((connection) => endingOf(connection, evidence) ?? []);
}

function endingOf(connection: Connection, { history }: Evidence): Ending | undefined {
  const { opened, closed, entries } = connection;
  if (opened === undefined || closed === undefined || closed.by === 'us') return undefined;
  if (firstOf(entries, 'broken')?.code.startsWith('WS_ERR_') === true) return undefined;
  const received = allOf(entries, 'received');
  return {
    connection,
    code: closed.code,
    reason: closed.reason,
    stage: stageOf(connection, openRunOf(connection, history)),
    ageMs: closed.atMs - opened.atMs,
    frames: received.length,
    error: received.find(({ message }) => message.meaning === 'error'),
    hadAnswered: received.some(isAnswer),
  };
}

function stageOf({ name, welcome, entries }: Connection, openRun: Run | undefined): Stage {
  if (welcome === undefined) return 'before-welcome';
  if (openRun !== undefined) return openRun.deliveries.has(name) ? 'run' : 'request';
  const asked = entries.findLast((entry) => isQuestion(entry))?.index ?? -1;
  const answered = allOf(entries, 'received').findLast(isAnswer)?.index ?? -1;
  return asked > answered ? 'exchange' : 'idle';
}

function isQuestion(entry: Connection['entries'][number]): boolean {
  if (entry.kind === 'unreadable') return entry.direction === 'sent';
  return entry.kind === 'sent' && !['pong', 'heartbeat-ack'].includes(entry.message.meaning);
}

const UNASKED = ['welcome', 'handshake', 'before-welcome', 'ping', 'heartbeat'];

function isAnswer({ message }: EntryOf<'received'>): boolean {
  return !UNASKED.includes(message.meaning);
}

/** A matcher for connections that ended in a certain way. */
export function onEnding(which: (ending: Ending) => boolean): (evidence: Evidence) => Match | undefined {
  return (evidence) =>
    matchOn(
      endingsOf(evidence)
        .filter(which)
        .map(({ connection }) => connection),
    );
}

/** The same, in the phase of the last milestone that the connection had reached (failure notes §2.5, rule 2). */
export function onEndingAnywhere(which: (ending: Ending) => boolean): (evidence: Evidence) => Match | undefined {
  return (evidence) => {
    const match = onEnding(which)(evidence);
    const [first] = match?.connections ?? [];
    if (match === undefined || first === undefined) return undefined;
    return { ...match, phase: rungOf(first, evidence.history).phase };
  };
}
