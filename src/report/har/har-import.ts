import type { Budgets } from '../../history/budgets.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { Entry, Fact, History } from '../../history/entry.ts';
import type { Redact } from '../../history/redact.ts';
import type { Har } from './har-shape.ts';
import { factsOfSocket } from './har-socket.ts';
import { silencesOf } from './har-silence.ts';

/**
 * The sockets of a HAR as one history, named c1, c2 … in order of their requests; HTTP requests are left out. A HAR has no
 * waits: what was still owed when the recording ended, for longer than its deadline, is recorded as a deadline at its end.
 */
export function importHar({ log }: Har, redact: Redact, budgets: Budgets): History {
  const sockets = log.entries
    .filter((entry) => entry._webSocketMessages !== undefined || /^wss?:/.test(entry.request.url))
    .toSorted((a, b) => Date.parse(a.startedDateTime) - Date.parse(b.startedDateTime));
  const facts = sockets.flatMap((socket, position) =>
    factsOfSocket(socket, redact).map((dated) => ({ ...dated, connection: `c${position + 1}` })),
  );
  const sorted = facts.toSorted((a, b) => a.atMs - b.atMs);
  const zeroMs = sorted[0]?.atMs ?? 0;
  const history = sorted.map(({ atMs, connection, fact }, index) => entryOf(index, atMs - zeroMs, connection, fact));
  const silences = connectionsOf(history).flatMap((connection) => silencesOf(history, connection, budgets));
  const endMs = history.at(-1)?.atMs ?? 0;
  return [
    ...history,
    ...silences.map(({ connection, fact }, position) => entryOf(history.length + position, endMs, connection, fact)),
  ];
}

function entryOf(index: number, atMs: number, connection: string, fact: Fact): Entry {
  return { index, atMs, connection, ...fact };
}
