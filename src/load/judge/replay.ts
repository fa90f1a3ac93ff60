import type { Judgement } from '../../checks/judgement.ts';
import { judgement } from '../../checks/judgement.ts';
import { trusted } from '../../checks/subjects.ts';
import { saysTheSame } from '../../checks/run/same-event.ts';
import type { Check } from '../../checks/verdict.ts';
import { connectionNamed } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import { runName } from '../../history/runs.ts';
import type { Run } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import { agentKey } from '../../protocol/message.ts';

const PROMISE =
  'every event of a run arrives once, on its connection or, where that ends first, on the next one of the same user';

/**
 * A run goes on when its connection ends; what its user missed is kept and delivered on the next connection,
 * once and whole (protocol notes §10, row "queue for absent user").
 */
export function replay(): Check {
  return (history: History) => {
    const judging = judgement('replay', PROMISE);
    for (const run of runsOf(history).runs) {
      const own = run.deliveries.get(run.connection);
      const closed = connectionNamed(history, run.connection)?.closed;
      if (closed === undefined || own?.terminal !== undefined) continue;
      if (hasReturned(history, run, closed.index)) judge(judging, run, closed.index);
      else doubt(judging, run, closed.index);
    }
    return judging.verdict('every event arrived once, before or after the loss');
  };
}

function hasReturned(history: History, { connection, request }: Run, since: number): boolean {
  const user = connectionNamed(history, connection)?.request?.user;
  const later = trusted(history).filter(
    (socket) => socket.request?.user === user && (socket.request?.index ?? 0) > since,
  );
  return later.some(({ welcome }) => welcome !== undefined && welcome.index > request.index);
}

function judge(judging: Judgement, run: Run, lost: number): void {
  const events = [...run.deliveries.values()].flatMap(({ entries }) => entries);
  judging.cite(run.request, ...events);
  const missing = AGENT_EVENTS.filter((name) => !events.some(({ message }) => message.event === name));
  const again = events.filter((event, position) => events.slice(0, position).some((earlier) => isCopy(earlier, event)));
  const found = `${events.length} events: ${events.map(called).join(', ')}`;
  const finding = { expected: PROMISE, found, connection: run.connection };
  if (missing.length > 0) {
    const because = `${runName(run)}: its connection ended (#${lost}); ${missing.join(', ')} never arrived, also not on the next one`;
    judging.violated({ ...finding, code: 'message-lost', because, entries: [run.request.index, lost] });
  }
  if (again.length > 0) {
    const because = `${runName(run)}: its connection ended (#${lost}); ${again.map(called).join(', ')} arrived once more`;
    const entries = [lost, ...again.map(({ index }) => index)];
    judging.violated({ ...finding, code: 'message-replayed-twice', because, entries });
  }
}

/** The same apart from stamps, or the start or the end of the same agent once more, newly stamped. */
function isCopy(earlier: EntryOf<'received'>, event: EntryOf<'received'>): boolean {
  if (saysTheSame(earlier, event)) return true;
  const { event: name } = event.message;
  const once = name === 'agent_started' || name === 'agent_completed';
  return once && earlier.message.event === name && agentKey(earlier.message) === agentKey(event.message);
}

function doubt(judging: Judgement, run: Run, lost: number): void {
  const because = `${runName(run)}: its connection ended (#${lost}), and its user had no other connection on which the rest could arrive`;
  judging.doubted({ code: 'not-awaited', because, entries: [run.request.index, lost], connection: run.connection });
}

function called({ index, message, connection }: EntryOf<'received'>): string {
  return `${message.event ?? message.type} (#${index} on ${connection})`;
}
