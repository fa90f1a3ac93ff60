import type { Budgets } from '../../history/budgets.ts';
import { judge } from '../../checks/judgement.ts';
import type { OrderMode } from '../../checks/run/order.ts';
import { CONVERSATION_CHECKS, conversationChecks, isIdle } from '../../checks/standard-checks.ts';
import type { Verdict } from '../../checks/verdict.ts';
import type { Entry, History } from '../../history/entry.ts';
import { isRequest } from '../../history/runs.ts';

/** Judges sockets that somebody else recorded, by every check that they give something to judge. */
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
