import { pair } from '../checks/ping-pairs.ts';
import type { Connection } from '../history/connections.ts';
import { connectionsOf } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import { runName } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';

/** An answer that has not come yet. */
export interface PendingAnswer {
  readonly connection: string;
  readonly what: string;
  /** For how long the connection has seen nothing of it, in milliseconds. */
  readonly forMs: number;
}

/**
 * What an unfinished history waits for: the answer to an upgrade, a welcome, a pong, the next event of a run. Left out: what
 * failed already, and what has been awaited for less than `leastMs`. `nowMs` is of the history's clock.
 */
export function pendingAnswers(history: History, nowMs: number, leastMs: number): readonly PendingAnswer[] {
  return connectionsOf(history)
    .filter(({ closed, refused }) => closed === undefined && refused === undefined)
    .flatMap((connection) => owed(history, connection))
    .filter(({ connection, since }) => !hasGivenUp(connection, since))
    .map(({ connection, what, since }) => ({ connection: connection.name, what, forMs: nowMs - since.atMs }))
    .filter(({ forMs }) => forMs >= leastMs);
}

interface Owed {
  readonly connection: Connection;
  readonly what: string;
  readonly since: Entry;
}

function owed(history: History, connection: Connection): readonly Owed[] {
  const { request, opened, welcome } = connection;
  if (request !== undefined && opened === undefined)
    return [{ connection, what: 'the answer to its upgrade', since: request }];
  if (opened !== undefined && welcome === undefined) return [{ connection, what: 'its welcome', since: opened }];
  const pings = pair(connection, 'ping', 'pong').pairs.filter(({ pong }) => pong === undefined);
  return [...pings.map(({ ping }) => ({ connection, what: 'a pong', since: ping })), ...runsOwed(history, connection)];
}

function runsOwed(history: History, connection: Connection): readonly Owed[] {
  const asked = runsOf(history).runs.filter((run) => run.connection === connection.name);
  return asked.flatMap((run) => {
    const { entries = [], terminal } = run.deliveries.get(connection.name) ?? {};
    if (terminal !== undefined) return [];
    const last = entries.at(-1);
    const seen = last === undefined ? 'no event yet' : `the last was ${last.message.event ?? last.message.type}`;
    return [{ connection, what: `the next event of ${runName(run)}, ${seen}`, since: last ?? run.request }];
  });
}

function hasGivenUp({ entries }: Connection, since: Entry): boolean {
  return entries.some(({ kind, index }) => kind === 'deadline' && index > since.index);
}
