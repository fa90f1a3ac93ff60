import type { Connection } from '../history/connections.ts';
import { brokenFrameOf } from '../checks/subjects.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import type { Evidence } from './evidence.ts';
import { lastMilestoneOf } from './milestones.ts';
import type { Match, Matcher } from './signature.ts';
import { matchOn } from './signature.ts';

/** A trusted connection whose upgrade was refused. */
export interface RefusedUpgrade {
  readonly connection: Connection;
  /** `undefined` when there was no HTTP answer. */
  readonly status: number | undefined;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Code and text of the failure on our side. */
  readonly failure: string;
}

/** The refused upgrades among the connections that a finding names. */
export function refusedUpgrades({ affected }: Evidence): readonly RefusedUpgrade[] {
  return affected.flatMap((connection) => {
    const { opened, refused, answer } = connection;
    if (opened !== undefined || refused === undefined) return [];
    const status = answer === undefined || answer.status === 101 ? undefined : answer.status;
    const failure = `${refused.code ?? ''} ${refused.because}`;
    return [{ connection, status, body: answer?.body ?? '', headers: answer?.headers ?? {}, failure }];
  });
}

/** A matcher for refused upgrades. */
export function onRefused(
  which: (refused: RefusedUpgrade, evidence: Evidence) => boolean,
  more: Omit<Match, 'connections'> = {},
): Matcher {
  return (evidence) => {
    const refused = refusedUpgrades(evidence).filter((candidate) => which(candidate, evidence));
    return matchOn(
      refused.map(({ connection }) => connection),
      more,
    );
  };
}

/** Whether a connection carried its token in the header, in a subprotocol, or in both. */
export function carrierOf({ request }: Connection): { readonly header: boolean; readonly subprotocol: boolean } {
  const header = request?.headers['authorization'] !== undefined;
  return { header, subprotocol: request?.offered.some((offered) => /^(?:jwt|bearer)/.test(offered)) ?? false };
}

/** What a connection was doing when it ended. */
export type Stage = 'before-welcome' | 'idle' | 'exchange' | 'request' | 'run';

/** An accepted connection that the server, or something between, ended. */
export interface ConnectionEnding {
  readonly connection: Connection;
  readonly code: number;
  readonly reason: string;
  readonly stage: Stage;
  /** From the accepted upgrade to the end, in milliseconds. */
  readonly ageMs: number;
  /** The first error message that was received. */
  readonly error: EntryOf<'received'> | undefined;
  /** Whether the server had answered anything after its welcome. */
  readonly hadAnswered: boolean;
}

/**
 * The endings of the trusted connections that a finding names. An ending that a broken frame caused is left out: it belongs to
 * the signature of the frame.
 */
export function endingsOf(evidence: Evidence): readonly ConnectionEnding[] {
  return evidence.affected.flatMap((connection) => endingOf(connection, evidence) ?? []);
}

function endingOf(connection: Connection, { history }: Evidence): ConnectionEnding | undefined {
  const { opened, closed, entries } = connection;
  if (opened === undefined || closed === undefined || closed.by === 'us') return undefined;
  if (brokenFrameOf(connection) !== undefined) return undefined;
  const received = allOf(entries, 'received');
  return {
    connection,
    code: closed.code,
    reason: closed.reason,
    stage: stageOf(connection, openRunOf(connection, history)),
    ageMs: closed.atMs - opened.atMs,
    error: received.find(({ message }) => message.meaning === 'error'),
    hadAnswered: received.some(isAnswer),
  };
}

/** The run that was still open on a connection when it ended, if there was one. */
function openRunOf({ name, closed }: Connection, history: History): Run | undefined {
  return runsOf(history).runs.findLast(
    (run) =>
      run.connection === name &&
      run.deliveries.get(name)?.terminal === undefined &&
      (closed === undefined || run.request.index < closed.index),
  );
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
export function onEnding(which: (ending: ConnectionEnding) => boolean): Matcher {
  return (evidence) =>
    matchOn(
      endingsOf(evidence)
        .filter(which)
        .map(({ connection }) => connection),
    );
}

/** The same, in the phase of the last milestone that the connection had reached (failure notes §2.5, rule 2). */
export function onEndingAnywhere(which: (ending: ConnectionEnding) => boolean): Matcher {
  return (evidence) => {
    const match = onEnding(which)(evidence);
    const [first] = match?.connections ?? [];
    if (match === undefined || first === undefined) return undefined;
    return { ...match, phase: lastMilestoneOf(first, evidence.history).phase };
  };
}
