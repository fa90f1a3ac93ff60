import pLimit from 'p-limit';
import { monotonicMs } from '../src/client/connect.ts';
import { checksOfAMember } from '../src/fleet/checks-of-a-member.ts';
import { judgeMember } from '../src/fleet/judge-member.ts';
import { openMember } from '../src/fleet/open-member.ts';
import type { FleetPlan } from '../src/fleet/plan.ts';
import { serveMember } from '../src/fleet/serve-member.ts';
import { crewFor } from './crew.ts';

/** Runs scenarios `from` to `from + count` as the fleet does, fully judged, `atOnce` in flight. Resolves to how many passed. */
export async function judgedLoop(
  plan: FleetPlan,
  jwtSecret: string,
  { from, count, atOnce }: { readonly from: number; readonly count: number; readonly atOnce: number },
): Promise<number> {
  const crew = crewFor(plan, jwtSecret, { first: from, count });
  const checks = checksOfAMember(plan);
  let passed = 0;
  const numbers = Array.from({ length: count }, (_, offset) => from + offset);
  await pLimit(atOnce).map(numbers, async (number) => {
    const life = await openMember(crew, number, monotonicMs());
    await serveMember(crew, life, monotonicMs());
    if (judgeMember(life.recorder, checks, []).outcome === 'passed') passed += 1;
  });
  return passed;
}
