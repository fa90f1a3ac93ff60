import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LagSample } from '../../client/lag-sampler.ts';
import { sampleLag } from '../../client/lag-sampler.ts';
import { savedHistory } from '../../report/saved-history.ts';
import { conversationChecks } from '../../checks/standard-checks.ts';
import type { ShareResult, KeptHistory, UnjudgedRange } from '../observe/fleet-result.ts';
import { judgeUser } from '../observe/judge-user.ts';
import { createMeasurements, timingsOf } from '../observe/latency-metrics.ts';
import { LAG_INTERVAL_MS, worstPerWindow } from '../observe/own-lag.ts';
import type { UserRange } from '../observe/user-range.ts';
import type { UserResult } from '../observe/user-result.ts';
import { userResult } from '../observe/user-result.ts';
import type { FleetPlan } from './plan.ts';
import { startAtRate } from './ramp.ts';
import type { WorkerContext, UserSession } from './user-session.ts';
import { openSession, runSession } from './user-session.ts';

/** What a slice is told by whoever runs the whole fleet. */
export interface ShareOrders {
  readonly span: UserRange;
  /** Share of the declared ramp, from 0 to 1, that this slice makes. */
  readonly share: number;
  /** When the part began, on the monotonic clock. */
  readonly beganMs: number;
  /** Resolves once every slice holds all its members open. */
  readonly barrier: () => Promise<void>;
}

/**
 * Runs some members of a fleet in this thread: all are brought up at the declared ramp, held open until everybody is, served
 * their runs at the same ramp, closed, and only then judged, so that judging costs no time while answers are awaited.
 */
export async function runShare(
  crew: WorkerContext,
  { span, share, beganMs, barrier }: ShareOrders,
): Promise<ShareResult> {
  const { plan, stopSwitch, clock } = crew;
  const meter = startLagMeter();
  const { rampPerSecond, handshakesAtOnce } = plan.load;
  const perSecond = rampPerSecond * share;
  const numbers = Array.from({ length: span.count }, (_, offset) => span.first + offset);
  const opened = await startAtRate(
    numbers,
    { perSecond, atOnce: Math.max(1, Math.round(handshakesAtOnce * share)), clock },
    async (number, intendedMs) =>
      stopSwitch.stopped === undefined ? openSession(crew, number, intendedMs) : undefined,
  );
  await barrier();
  const lives = opened.filter((life): life is UserSession => life !== undefined);
  const ready = lives.filter((life) => life.ready);
  await startAtRate(ready, { perSecond, atOnce: Infinity, clock }, (life, intendedMs) =>
    runSession(crew, life, intendedMs),
  );
  meter.stop();
  return summariseShare({ plan, span, lives, lag: meter.samples, beganMs, stopped: stopSwitch.stopped });
}

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
  const checks = conversationChecks(plan);
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

/** Samples the delay of this thread's event loop until it is stopped. */
export interface LagMeter {
  readonly samples: readonly LagSample[];
  stop(): void;
}

/** Starts to sample, every ten milliseconds. */
export function startLagMeter(): LagMeter {
  const samples: LagSample[] = [];
  return { samples, stop: sampleLag(LAG_INTERVAL_MS, (sample) => void samples.push(sample)) };
}
