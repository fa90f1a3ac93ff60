import type { Identities } from '../../client/identities/identity.ts';
import type { Redact } from '../../history/redact.ts';
import type { FleetPlan } from './plan.ts';
import type { StopSwitch } from './stop-switch.ts';
import type { Progress } from './progress.ts';

/** What the members of one slice share. */
export interface WorkerContext {
  readonly plan: FleetPlan;
  readonly redact: Redact;
  readonly identities: Pick<Identities, 'next'>;
  readonly tally: Progress;
  readonly stopSwitch: StopSwitch;
  /** Monotonic, in milliseconds. */
  readonly clock: () => number;
}
