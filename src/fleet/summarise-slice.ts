import { setImmediate as nextTurn } from 'node:timers/promises';
import { savedHistory } from '../report/saved-history.ts';
import { checksOfAMember } from './checks-of-a-member.ts';
import { judgeMember } from './judge-member.ts';
import { worstPerWindow } from './lag-windows.ts';
import type { LagSample } from '../client/lag-sampler.ts';
import type { Life } from './life.ts';
import { createMeasurements } from './measurements.ts';
import { memberResult } from './member-result-of.ts';
import type { MemberResult } from './member-result.ts';
import type { KeptHistory, SliceResult, Unjudged } from './part-result.ts';
import { stretchesOf } from './phases.ts';
import type { FleetPlan } from './plan.ts';
import type { Span } from './span.ts';

const JUDGED_PER_TURN = 50;
const MOST_FAILING_KEPT = 100;
const PASSING_KEPT = 3;

/** What a slice has come to, once every connection is gone. */
export interface FinishedSlice {
  readonly plan: FleetPlan;
  readonly span: Span;
  readonly lives: readonly Life[];
  readonly lag: readonly LagSample[];
  readonly beganMs: number;
  readonly stopped: string | undefined;
}

/** Judges and measures every member, and keeps the whole histories of failing members and of a sample of the others. */
export async function summarise({ plan, span, lives, lag, beganMs, stopped }: FinishedSlice): Promise<SliceResult> {
  const checks = checksOfAMember(plan);
  const measurements = createMeasurements();
  const members: MemberResult[] = [];
  const kept: KeptHistory[] = [];
  const sampleEvery = Math.max(1, Math.ceil(lives.length / PASSING_KEPT));
  for (const [position, life] of lives.entries()) {
    const { recorder, connecting, asking, number } = life;
    const judged = judgeMember(recorder, checks, lag);
    const stretches = stretchesOf(recorder.history, connecting, asking);
    for (const stretch of stretches) measurements.add(stretch);
    members.push(memberResult(life, judged, stretches, beganMs));
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
  { first, count }: Span,
  lives: readonly Life[],
  stopped: string | undefined,
): readonly Unjudged[] {
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
