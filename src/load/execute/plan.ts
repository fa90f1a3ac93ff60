import type { FleetLoad } from '../../../env/fleet.ts';
import type { Settings } from '../../../env/settings.ts';
import type { AgentRunRules } from '../../checks/agent-run.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { Carrier } from '../../client/connect.ts';
import { secretForms } from '../../client/identities/secret-forms.ts';

/** Everything that one thread of a fleet needs to know; plain data, because it crosses into worker threads. */
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

/** What a fleet connects to. */
export interface FleetTarget {
  readonly websocketUrl: string;
  /** Everything that the redactor must know. */
  readonly secrets: readonly string[];
}

/** The plan of the fleet that the settings declare. `session` is the value of `X-Test-Session`. */
export function planOf(settings: Settings, { websocketUrl, secrets }: FleetTarget, session: string): FleetPlan {
  const { fleet: load, authCarrier: carrier, prompt, budgets, order } = settings;
  return { load, websocketUrl, carrier, session, prompt, budgets, order, secretForms: secretForms(secrets) };
}
