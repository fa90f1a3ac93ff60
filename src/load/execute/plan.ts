import type { AgentRunRules } from '../../checks/agent-run.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { Carrier } from '../../client/carriers.ts';
import type { FleetLoad } from './load.ts';

/** Everything that one slice of a fleet needs to know; plain data, because it crosses into worker threads. */
export interface FleetPlan {
  readonly load: FleetLoad;
  readonly websocketUrl: string;
  readonly carrier: Carrier;
  /** Value of `X-Test-Session`. */
  readonly session: string;
  readonly prompt: string;
  readonly budgets: Budgets;
  readonly order: AgentRunRules['order'];
  /** Spellings of the configured secrets, for the redactor. */
  readonly secretForms: readonly string[];
}
