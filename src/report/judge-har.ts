import { isIdle } from '../checks/always-on.ts';
import type { Budgets, Check, Verdict } from '../checks/index.ts';
import { agentRun, closing, handshake, heartbeat, isolation, secrets, welcome, wellFormed } from '../checks/index.ts';
import { judge } from '../checks/guarded.ts';
import type { OrderMode } from '../checks/run-order.ts';
import type { History } from '../history/entry.ts';

/** Judges sockets that somebody else recorded, by every check that they give something to judge. */
export function judgeSockets(history: History, budgets: Budgets, order: OrderMode): readonly Verdict[] {
  const checks: readonly Check[] = [
    handshake(),
    welcome(budgets),
    heartbeat(budgets),
    agentRun({ budgets, order }),
    isolation(),
    wellFormed(),
    closing(),
    secrets(),
  ];
  return checks.map((check) => judge(check, history)).filter((verdict) => !isIdle(verdict));
}
