import { pair } from '../../checks/ping-pairs.ts';
import { trusted } from '../../checks/subjects.ts';
import { allOf } from '../../history/connections.ts';
import type { Connection } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';

/** What an HTTP endpoint said: up, something else, or nothing. */
export type Said = 'up' | 'down' | 'no answer' | 'not asked';

/** One connection attempt, and what the service last said of itself before it. */
export interface ServiceSample {
  /** The upgrade request, on the monotonic clock of the history, in milliseconds. */
  readonly atMs: number;
  readonly connection: string;
  readonly health: Said;
  readonly readiness: Said;
  /** Whether the attempt reached its welcome and a pong. */
  readonly works: boolean;
  /** Whether a run was asked for and ended. */
  readonly ran: boolean;
  readonly entries: readonly number[];
}

const UP = /"status"\s*:\s*"(?:healthy|ok|ready|degraded)"/;

/** The attempts of a history in the order of their upgrade requests, each with the probes that came before it. */
export function samplesOf(history: History): readonly ServiceSample[] {
  const health = allOf(history, 'probe').filter(({ name }) => name === 'health');
  const readiness = allOf(history, 'probe').filter(({ name }) => name === 'readiness');
  const ended = new Set(
    runsOf(history).runs.flatMap(({ connection, deliveries }) =>
      deliveries.get(connection)?.terminal === undefined ? [] : [connection],
    ),
  );
  return trusted(history).map((connection) => {
    const { request, name } = connection;
    const before = { health: lastBefore(health, request?.index), readiness: lastBefore(readiness, request?.index) };
    return {
      atMs: request?.atMs ?? 0,
      connection: name,
      health: said(before.health),
      readiness: said(before.readiness),
      works: works(connection),
      ran: ended.has(name),
      entries: [before.health, before.readiness, request].flatMap((entry) =>
        entry === undefined ? [] : [entry.index],
      ),
    };
  });
}

function lastBefore(probes: readonly EntryOf<'probe'>[], index = 0): EntryOf<'probe'> | undefined {
  return probes.findLast((probe) => probe.index < index);
}

function said(probe: EntryOf<'probe'> | undefined): Said {
  if (probe === undefined) return 'not asked';
  if (probe.error !== undefined || probe.status === undefined) return 'no answer';
  return probe.status === 200 && UP.test(probe.body ?? '') ? 'up' : 'down';
}

function works(connection: Connection): boolean {
  const [first] = pair(connection, 'ping', 'pong').pairs;
  return connection.welcome !== undefined && first?.pong !== undefined;
}
