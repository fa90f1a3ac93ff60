import type { Budgets } from '../../history/budgets.ts';
import { pair } from '../../checks/ping-pairs.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, Fact, History } from '../../history/entry.ts';
import { runEnd } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';
import type { WaitGoal } from '../../history/wait-goals.ts';

/** Something that did not come on a connection until the recording ended. */
export interface Silence {
  readonly connection: string;
  readonly fact: Fact;
}

/**
 * What a recording without waits says by its silence: a deadline for what was owed for longer than that, and the quiet
 * after the last frame. How long was listened after the very last frame is not known, so that quiet may be 0 ms long.
 */
export function silencesOf(history: History, connection: Connection, budgets: Budgets): readonly Silence[] {
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

/** Until the client closed, somebody listened: from the last frame before that on. */
function quietBefore({ entries }: Connection, closed: Entry): Fact {
  const last = entries.findLast(({ index }) => index < closed.index);
  return { kind: 'quiet', forMs: closed.atMs - (last?.atMs ?? closed.atMs) };
}
