import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { ASKED_UNWELCOMED } from '../history/probe-names.ts';
import { runsAskedOn } from '../history/runs.ts';
import { trusted } from './subjects.ts';

/**
 * Whether a deployment serves anybody. A user is served who gets an event of a run, or both a welcome and a pong. One user of
 * several is enough: where nobody is served, all tests of a contract fail for the same reason; where somebody is, they find
 * out what works.
 */
export function servesAnybody(history: History): boolean {
  return trusted(history).some((connection) => isServed(history, connection)) || ranUnwelcomed(history);
}

function isServed(history: History, { name, welcome, entries }: Connection): boolean {
  if (hasRunEvent(history, name)) return true;
  return welcome !== undefined && allOf(entries, 'received').some(({ message }) => message.meaning === 'pong');
}

/** Whether an event of a run came on the connection that asked for the run. */
export function hasRunEvent(history: History, connection: string): boolean {
  return runsAskedOn(history, connection).some(
    ({ deliveries }) => (deliveries.get(connection)?.entries.length ?? 0) > 0,
  );
}

function ranUnwelcomed(history: History): boolean {
  return allOf(history, 'probe').some(({ name, status }) => name === ASKED_UNWELCOMED && status === 101);
}
