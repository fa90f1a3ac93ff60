import { setImmediate as nextTurn } from 'node:timers/promises';
import { savedHistory } from '../../report/saved-history.ts';
import { checksOfAUser } from '../observe/checks-of-a-user.ts';
import { judgeUser } from '../observe/judge-user.ts';
import { worstPerWindow } from '../observe/lag-windows.ts';
import type { LagSample } from '../../client/lag-sampler.ts';
import type { UserSession } from '../observe/user-session.ts';
import { createMeasurements } from '../observe/measurements.ts';
import { userResult } from '../observe/user-result-of.ts';
import type { UserResult } from '../observe/user-result.ts';
import type { KeptHistory, ShareResult, UnjudgedRange } from './shard-result.ts';
import { timingsOf } from '../observe/latency-metrics.ts';
import type { FleetPlan } from './plan.ts';
import type { UserRange } from './user-range.ts';

const JUDGED_PER_TURN = 50;
const MOST_FAILING_KEPT = 100;
const PASSING_KEPT = 3;

/** What a slice has come to, once every connection is gone. */
export interface FinishedShare {
  readonly plan: FleetPlan;
  readonly span: UserRange;
  readonly lives: readonly UserSession[];
  readonly lag: readonly LagSample[];
  readonly beganMs: number;
  readonly stopped: string | undefined;
}

/** Judges and measures every member, and keeps the whole histories of failing members and of a sample of the others. */
export async function summariseShare({
  plan,
  span,
  lives,
  lag,
  beganMs,
  stopped,
}: FinishedShare): Promise<ShareResult> {
  const checks = checksOfAUser(plan);
  const measurements = createMeasurements();
  const members: UserResult[] = [];
  const kept: KeptHistory[] = [];
  const sampleEvery = Math.max(1, Math.ceil(lives.length / PASSING_KEPT));
  for (const [position, life] of lives.entries()) {
    const { recorder, connecting, asking, number } = life;
    const judged = judgeUser(recorder, checks, lag);
    const stretches = timingsOf(recorder.history, connecting, asking);
    for (const stretch of stretches) measurements.add(stretch);
    members.push(userResult(life, judged, stretches, beganMs));
    const wanted = judged.outcome === 'passed' ? position % sampleEvery === 0 : kept.length < MOST_FAILING_KEPT;
    if (wanted) kept.push({ number, entries: savedHistory(recorder.history) });
    if (position % JUDGED_PER_TURN === 0) await nextTurn();
  }
  return {
    span,
    members,
    phases: measurements.phases(),
    lag: measurements.lag(lag),
    lagWindows: worstPerWindow(lag, beganMs),
    kept,
    unjudged: neverStarted(span, lives, stopped),
    stopped,
  };
}

/** The members that were not started because the fleet had stopped: consecutive, for they start in order. */
function neverStarted(
  { first, count }: UserRange,
  lives: readonly UserSession[],
  stopped: string | undefined,
): readonly UnjudgedRange[] {
  const started = new Set(lives.map(({ number }) => number));
  const missing = Array.from({ length: count }, (_, offset) => first + offset).filter((number) => !started.has(number));
  const spans: { first: number; count: number }[] = [];
  for (const number of missing) {
    const last = spans.at(-1);
    if (last !== undefined && last.first + last.count === number) last.count += 1;
    else spans.push({ first: number, count: 1 });
  }
  return spans.map((span) => ({ span, because: stopped ?? 'they were never started' }));
}
