import pLimit from 'p-limit';
import { monotonicMs } from '../src/client/connect.ts';
import { conversationChecks } from '../src/checks/standard-checks.ts';
import { judgeUser } from '../src/load/observe/judge-user.ts';
import { openSession, runSession } from '../src/load/execute/user-session.ts';
import type { FleetPlan } from '../src/load/execute/plan.ts';
import { crewFor } from './worker-context.ts';

/** Runs scenarios `from` to `from + count` as the fleet does, fully judged, `atOnce` in flight. Resolves to how many passed. */
export async function judgedLoop(
  plan: FleetPlan,
  jwtSecret: string,
  { from, count, atOnce }: { readonly from: number; readonly count: number; readonly atOnce: number },
): Promise<number> {
  const crew = crewFor(plan, jwtSecret, { first: from, count });
  const checks = conversationChecks(plan);
  let passed = 0;
  const numbers = Array.from({ length: count }, (_, offset) => from + offset);
  await pLimit(atOnce).map(numbers, async (number) => {
    const life = await openSession(crew, number, monotonicMs());
    await runSession(crew, life, monotonicMs());
    if (judgeUser(life.recorder, checks, []).outcome === 'passed') passed += 1;
  });
  return passed;
}
