import type { Settings } from '../../../env/settings.ts';
import { secretForms } from '../../client/identities/secret-forms.ts';
import type { FleetPlan } from './plan.ts';

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
