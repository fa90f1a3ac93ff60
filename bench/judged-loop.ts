import pLimit from 'p-limit';
import { monotonicMs } from '../src/client/connect.ts';
import { conversationChecks } from '../src/checks/standard-checks.ts';
import { observeOne } from '../src/load/observe/observation.ts';
import { openSession, runSession } from '../src/load/execute/user-session.ts';
import type { FleetPlan } from '../src/load/execute/plan.ts';
import { workerContextFor } from './worker-context.ts';

/** Runs scenarios `from` to `from + count` as the fleet does, fully judged, `atOnce` in flight. Resolves to how many passed. */
export async function judgedLoop(
  plan: FleetPlan,
  jwtSecret: string,
  { from, count, atOnce }: { readonly from: number; readonly count: number; readonly atOnce: number },
): Promise<number> {
  const context = workerContextFor(plan, jwtSecret, { first: from, count });
  const checks = conversationChecks(plan);
  let passed = 0;
  const numbers = Array.from({ length: count }, (_, offset) => from + offset);
  await pLimit(atOnce).map(numbers, async (number) => {
    const session = await openSession(context, number, monotonicMs());
    await runSession(context, session, monotonicMs());
    if (observeOne(session.recorder, checks, 'verdict', [])?.outcome === 'passed') passed += 1;
  });
  return passed;
}
