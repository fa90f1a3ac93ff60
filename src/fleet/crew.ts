import type { Identities } from '../client/identity.ts';
import type { Redact } from '../history/redact.ts';
import type { FleetPlan } from './plan.ts';
import type { StopSwitch } from './stop-switch.ts';
import type { Tally } from './tally.ts';

/** What the members of one slice share. */
export interface Crew {
  readonly plan: FleetPlan;
  readonly redact: Redact;
  readonly identities: Pick<Identities, 'next'>;
  readonly tally: Tally;
  readonly stopSwitch: StopSwitch;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
}
