import { judgement } from '../../checks/judgement.ts';
import type { Judgement } from '../../checks/judgement.ts';
import { reportLate } from '../../checks/lag.ts';
import { refusalOfConnection } from '../../checks/refusal.ts';
import { describeEnd, trusted } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { EntryOf, History } from '../../history/entry.ts';

/** One user whose connection ended and who opened the next one. */
interface Return {
  readonly user: string;
  readonly lost: EntryOf<'closed'>;
  readonly next: Connection;
}

/** How soon a user must be welcomed again, in milliseconds from the end of the lost connection. */
export interface ReconnectRules {
  readonly reconnectBudgetMs: number;
}

/** A user who loses a connection, for any reason, is welcomed in time on the next one (failure notes §3, FM-69). */
export function reconnection({ reconnectBudgetMs }: ReconnectRules): Check {
  const promise = `a new welcome within ${reconnectBudgetMs} ms of the loss of a connection`;
  return (history: History) => {
    const judging = judgement('reconnection', promise);
    const returns = returnsOf(history);
    for (const [position, each] of returns.entries())
      judge(judging, history, each, position + 1, reconnectBudgetMs, promise);
    return judging.verdict(`all ${returns.length} reconnects were welcomed in time`);
  };
}

function returnsOf(history: History): readonly Return[] {
  const sockets = trusted(history);
  return sockets.flatMap((next, position) => {
    const user = next.request?.user ?? '';
    const before = sockets.slice(0, position).filter(({ request }) => request?.user === user);
    const lost = before.at(-1)?.closed;
    return lost !== undefined && lost.index < (next.request?.index ?? 0) ? [{ user, lost, next }] : [];
  });
}

function judge(
  judging: Judgement,
  history: History,
  { user, lost, next }: Return,
  times: number,
  budgetMs: number,
  expected: string,
): void {
  const { name, welcome, request } = next;
  if (welcome === undefined) {
    const why = refusalOfConnection(next, history)?.because ?? `no welcome arrived${describeEnd(next)}`;
    const because = `reconnect ${times}, of ${user}, failed on ${name}: ${why}`;
    const entries = [
      lost.index,
      request?.index ?? lost.index,
      ...(next.closed === undefined ? [] : [next.closed.index]),
    ];
    return judging.violated({ code: 'reconnect-failed', expected, found: why, because, entries, connection: name });
  }
  judging.cite(lost, welcome);
  const tookMs = welcome.atMs - lost.atMs;
  if (tookMs <= budgetMs) return;
  const found = `${Math.round(tookMs)} ms`;
  const because = `reconnect ${times}, of ${user}, was welcomed on ${name} ${found} after the loss; ${budgetMs} ms are allowed`;
  const span = { fromMs: lost.atMs, toMs: welcome.atMs };
  const late = {
    code: 'reconnect-late',
    expected,
    found,
    because,
    entries: [lost.index, welcome.index],
    connection: name,
  } as const;
  reportLate(judging, history, { span, budgetMs }, late);
}
