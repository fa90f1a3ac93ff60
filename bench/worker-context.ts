import { monotonicMs } from '../src/client/connect.ts';
import type { WorkerContext } from '../src/load/execute/user-session.ts';
import { fleetIdentities } from '../src/load/execute/identity-feed.ts';
import type { FleetPlan } from '../src/load/execute/plan.ts';
import type { UserRange } from '../src/load/observe/user-range.ts';
import { WHOLE_FLEET } from '../src/load/observe/user-range.ts';
import { stopSwitch } from '../src/load/execute/ramp.ts';
import { noProgress } from '../src/load/execute/progress.ts';
import { createRedactor } from '../src/history/redact.ts';

/** What members of a fleet share, outside a fleet. */
export function crewFor(plan: FleetPlan, jwtSecret: string, span: UserRange): WorkerContext {
  const source = { kind: 'mint', secret: jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  const users = { pattern: '{uuid}' };
  return {
    plan,
    identities: fleetIdentities({ source, users, lane: 0, lanes: 1, part: WHOLE_FLEET, nowS }).of(span),
    redact: createRedactor(plan.secretForms),
    tally: noProgress(),
    stopSwitch: stopSwitch(100, span.count),
    clock: monotonicMs,
  };
}
