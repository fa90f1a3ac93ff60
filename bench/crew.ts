import { monotonicMs } from '../src/client/connect.ts';
import type { Crew } from '../src/fleet/crew.ts';
import { fleetIdentities } from '../src/fleet/identity-feed.ts';
import type { FleetPlan } from '../src/fleet/plan.ts';
import type { Span } from '../src/fleet/span.ts';
import { WHOLE } from '../src/fleet/span.ts';
import { stopSwitch } from '../src/fleet/stop-switch.ts';
import { emptyTally } from '../src/fleet/tally.ts';
import { createRedactor } from '../src/history/redact.ts';

/** What members of a fleet share, outside a fleet. */
export function crewFor(plan: FleetPlan, jwtSecret: string, span: Span): Crew {
  const source = { kind: 'mint', secret: jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  const users = { pattern: 'e2e{n}-staging-user' };
  return {
    plan,
    identities: fleetIdentities({ source, users, lane: 0, lanes: 1, part: WHOLE, nowS }).of(span),
    redact: createRedactor(plan.secretForms),
    tally: emptyTally(),
    stopSwitch: stopSwitch(100, span.count),
    clock: monotonicMs,
  };
}
