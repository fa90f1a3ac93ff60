import { monotonicMs } from '../src/client/connect.ts';
import type { WorkerContext } from '../src/load/execute/user-session.ts';
import { fleetIdentities } from '../src/load/execute/identity-feed.ts';
import type { FleetPlan } from '../src/load/execute/plan.ts';
import type { UserRange } from '../src/load/observe/user-range.ts';
import { WHOLE_FLEET } from '../src/load/observe/user-range.ts';
import { stopSwitch } from '../src/load/execute/ramp.ts';
import { noProgress } from '../src/load/execute/progress.ts';
import { createRedactor } from '../src/history/redact.ts';

/** What the virtual users of one thread share, outside a fleet. */
export function workerContextFor(plan: FleetPlan, jwtSecret: string, range: UserRange): WorkerContext {
  const source = { kind: 'mint', secret: jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  const users = { pattern: '{uuid}' };
  return {
    plan,
    identities: fleetIdentities({ source, users, slot: 0, slots: 1, shard: WHOLE_FLEET, nowS }).of(range),
    redact: createRedactor(plan.secretForms),
    progress: noProgress(),
    stopSwitch: stopSwitch(100, range.count),
    clock: monotonicMs,
  };
}
