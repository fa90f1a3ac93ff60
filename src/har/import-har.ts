import { judge } from '../checks/judgement.ts';
import { pair } from '../checks/ping-pairs.ts';
import type { OrderMode } from '../checks/run/order.ts';
import { CONVERSATION_CHECKS, conversationChecks, isIdle } from '../checks/standard-checks.ts';
import type { Verdict } from '../checks/verdict.ts';
import type { Budgets } from '../history/budgets.ts';
import { connectionsOf } from '../history/connections.ts';
import type { Connection } from '../history/connections.ts';
import type { Entry, Fact, History } from '../history/entry.ts';
import type { Redact } from '../history/redact.ts';
import { isRequest, runEnd, runsOf } from '../history/runs.ts';
import type { WaitGoal } from '../history/wait-goals.ts';
import { factsOfSocket } from './read-sockets.ts';
import type { HarSocket } from './har-file.ts';

/**
 * The sockets of a HAR as one history, named c1, c2 … in order of their requests; a HAR has no
 * waits: what was still owed when the recording ended, for longer than its deadline, is recorded as a deadline at its end.
 */
export function importHar(sockets: readonly HarSocket[], redact: Redact, budgets: Budgets): History {
  const inOrder = sockets.toSorted((a, b) => a.startedDateTime - b.startedDateTime);
  const facts = inOrder.flatMap((socket, position) =>
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

/** Something that did not arrive on a connection before the recording ended. */
interface Silence {
  readonly connection: string;
  readonly fact: Fact;
}

/**
 * What a recording without waits shows by its silence: a deadline for each answer that was owed for longer than that, and
 * the quiet after the last frame. How long the client listened after the last frame is not known, so it may be 0 ms.
 */
function silencesOf(history: History, connection: Connection, budgets: Budgets): readonly Silence[] {
  const { name, opened, welcome, closed } = connection;
  if (opened === undefined || closed?.by === 'them') return [];
  if (closed !== undefined) return [{ connection: name, fact: quietBefore(connection, closed) }];
  const endMs = history.at(-1)?.atMs ?? 0;
  const missed = (from: Entry, deadlineMs: number, waitingFor: WaitGoal): readonly Silence[] => {
    const afterMs = endMs - from.atMs;
    if (afterMs < deadlineMs) return [];
    return [
      { connection: name, fact: { kind: 'deadline', limit: 'total', waitingFor, afterMs, lastSeen: from.index } },
    ];
  };
  const unanswered = pair(connection, 'ping', 'pong').pairs.filter(({ pong }) => pong === undefined);
  const openRuns = runsOf(history).runs.filter(
    (run) => run.connection === name && run.deliveries.get(name)?.terminal === undefined,
  );
  return [
    ...(welcome === undefined ? missed(opened, budgets.welcomeDeadlineMs, 'welcome') : []),
    ...unanswered.slice(0, 1).flatMap(({ ping }) => missed(ping, budgets.pongDeadlineMs, 'pong')),
    ...openRuns.flatMap((run) => {
      const last = run.deliveries.get(name)?.entries.at(-1);
      const deadlineMs = last === undefined ? budgets.firstEventDeadlineMs : budgets.eventGapDeadlineMs;
      return missed(last ?? run.request, deadlineMs, runEnd(run));
    }),
    { connection: name, fact: { kind: 'quiet', forMs: endMs - (connection.entries.at(-1)?.atMs ?? endMs) } },
  ];
}

/** The client listened until it closed: the quiet began after the last frame before that. */
function quietBefore({ entries }: Connection, closed: Entry): Fact {
  const last = entries.findLast(({ index }) => index < closed.index);
  return { kind: 'quiet', forMs: closed.atMs - (last?.atMs ?? closed.atMs) };
}

/** Judges sockets that another program recorded, by every check that applies to them. */
export function judgeSockets(history: History, budgets: Budgets, order: OrderMode): readonly Verdict[] {
  const wanted = CONVERSATION_CHECKS.filter((name) => {
    if (name === 'heartbeat') return history.some(isQuestion);
    return name !== 'agent-run' || history.some(isRequest);
  });
  const checks = conversationChecks({ budgets, order }, wanted);
  return checks.map((check) => judge(check, history)).filter((verdict) => !isIdle(verdict));
}

function isQuestion(entry: Entry): boolean {
  if (entry.kind === 'control') return entry.opcode === 'ping';
  const asks = entry.kind === 'sent' || entry.kind === 'received' ? entry.message.meaning : '';
  return asks === 'ping' || asks === 'heartbeat';
}
