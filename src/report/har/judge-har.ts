import { isIdle } from '../../checks/always-on.ts';
import type { Budgets, Check, Verdict } from '../../checks/index.ts';
import {
  agentRun,
  closing,
  handshake,
  heartbeat,
  isolation,
  secrets,
  welcome,
  wellFormed,
} from '../../checks/index.ts';
import { judge } from '../../checks/judgement.ts';
import type { OrderMode } from '../../checks/run/order.ts';
import type { Entry, History } from '../../history/entry.ts';
import { isRequest } from '../../history/runs.ts';

/** Judges sockets that somebody else recorded, by every check that they give something to judge. */
export function judgeSockets(history: History, budgets: Budgets, order: OrderMode): readonly Verdict[] {
  const checks: readonly Check[] = [
    handshake(),
    welcome(budgets),
    ...(history.some(isQuestion) ? [heartbeat(budgets)] : []),
    ...(history.some(isRequest) ? [agentRun({ budgets, order })] : []),
    isolation(),
    wellFormed(),
    closing(),
    secrets(),
  ];
  return checks.map((check) => judge(check, history)).filter((verdict) => !isIdle(verdict));
}

function isQuestion(entry: Entry): boolean {
  if (entry.kind === 'control') return entry.opcode === 'ping';
  const asks = entry.kind === 'sent' || entry.kind === 'received' ? entry.message.meaning : '';
  return asks === 'ping' || asks === 'heartbeat';
}
