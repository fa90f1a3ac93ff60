import { monotonicMs } from '../src/client/connect.ts';
import { checksOfAMember } from '../src/fleet/checks-of-a-member.ts';
import type { Crew } from '../src/fleet/crew.ts';
import { fleetIdentities } from '../src/fleet/identity-feed.ts';
import { judgeMember } from '../src/fleet/judge-member.ts';
import { openMember } from '../src/fleet/open-member.ts';
import type { FleetPlan } from '../src/fleet/plan.ts';
import { serveMember } from '../src/fleet/serve-member.ts';
import { WHOLE } from '../src/fleet/span.ts';
import { stopSwitch } from '../src/fleet/stop-switch.ts';
import { emptyTally } from '../src/fleet/tally.ts';
import { createRedactor } from '../src/history/redact.ts';
import pLimit from 'p-limit';

/** Runs scenarios `from` to `from + count` as the fleet does, fully judged, `atOnce` in flight. Resolves to how many passed. */
export async function judgedLoop(
  plan: FleetPlan,
  jwtSecret: string,
  { from, count, atOnce }: { readonly from: number; readonly count: number; readonly atOnce: number },
): Promise<number> {
  const users = { pattern: 'e2e{n}-staging-user' };
  const source = { kind: 'mint', secret: jwtSecret } as const;
  const nowS = (): number => Date.now() / 1000;
  const identities = fleetIdentities({ source, users, lane: 0, lanes: 1, part: WHOLE, nowS }).of({ first: from, count });
  const crew: Crew = {
    plan,
    identities,
    redact: createRedactor(plan.secretForms),
    tally: emptyTally(),
    stopSwitch: stopSwitch(100, count),
    clock: monotonicMs,
  };
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
