import { agentRun } from '../../checks/agent-run.ts';
import type { AgentRunRules } from '../../checks/agent-run.ts';
import type { Budgets } from '../../history/budgets.ts';
import { handshake } from '../../checks/handshake.ts';
import { heartbeat } from '../../checks/heartbeat.ts';
import type { Check, Verdict } from '../../checks/verdict.ts';
import { welcome } from '../../checks/welcome.ts';
import type { History } from '../../history/entry.ts';
import { everyRun, internalErrorRate, successRate } from './gates.ts';
import type { Observation } from '../observe/observation.ts';
import { observe } from '../observe/observe.ts';

/** The rates of a history of many connections. */
export interface Rates {
  readonly observations: readonly Observation[];
  /** Success rate, 1011 rate, and every run whole. */
  readonly gates: readonly Verdict[];
  /** What single connections are judged by; where a gate does not hold, these tell why. */
  readonly reasons: readonly Check[];
}

/** Observes every connection of a history and judges the promised rates. */
export function ratesOf(
  history: History,
  rules: { readonly budgets: Budgets; readonly order: AgentRunRules['order'] },
): Rates {
  const { budgets } = rules;
  const reasons = [handshake(), welcome(budgets), heartbeat(budgets)];
  const observations = observe(history, [...reasons, agentRun(rules)]);
  const gates = [successRate(observations), internalErrorRate(observations), everyRun(observations)];
  return { observations, gates, reasons };
}
