import type { Phase } from '../../checks/blame.ts';
import type { Connection } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import type { Run } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';

/** How far a connection got, and in which phase whatever ended it falls (failure notes §2.5, rule 2). */
export interface Rung {
  readonly passed: string;
  readonly phase: Phase;
}

/** The last milestone that a connection passed. */
export function rungOf(connection: Connection, history: History): Rung {
  const { answer, opened, welcome } = connection;
  if (opened === undefined) {
    if (answer === undefined) return { passed: 'the upgrade request was sent', phase: 'upgrade' };
    return { passed: `the upgrade request was answered with HTTP ${answer.status}`, phase: 'upgrade' };
  }
  if (welcome === undefined) return { passed: 'the connection was accepted', phase: 'welcome' };
  const run = runsOf(history).runs.findLast((candidate) => candidate.connection === connection.name);
  if (run !== undefined) return rungOfRun(run, connection);
  const ponged = connection.entries.some((entry) => entry.kind === 'received' && entry.message.meaning === 'pong');
  return ponged ? { passed: 'a ping was answered', phase: 'close' } : { passed: 'it was welcomed', phase: 'ping' };
}

function rungOfRun(run: Run, { name }: Connection): Rung {
  const delivery = run.deliveries.get(name);
  const last = delivery?.entries.at(-1);
  if (delivery === undefined || last === undefined) return { passed: 'an agent was asked', phase: 'request' };
  if (delivery.terminal !== undefined)
    return { passed: `a run ended with ${typeOf(delivery.terminal)}`, phase: 'close' };
  return { passed: `event ${delivery.entries.length} of a run, ${typeOf(last)}`, phase: 'events' };
}

function typeOf({ message }: EntryOf<'received'>): string {
  return message.event ?? message.type;
}

/** The run that was still open on a connection when it ended, if there was one. */
export function openRunOf({ name, closed }: Connection, history: History): Run | undefined {
  return runsOf(history).runs.findLast(
    (run) =>
      run.connection === name &&
      run.deliveries.get(name)?.terminal === undefined &&
      (closed === undefined || run.request.index < closed.index),
  );
}
