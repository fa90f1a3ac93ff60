import { setImmediate as nextTurn } from 'node:timers/promises';
import { conversationChecks } from '../../checks/standard-checks.ts';
import { sampleLag } from '../../client/lag-sampler.ts';
import { savedHistory } from '../../report/saved-history.ts';
import type { KeptHistory, ShareResult, UnjudgedRange } from '../observe/fleet-result.ts';
import { createMeasurements, metricTimings } from '../observe/latency-metrics.ts';
import { observeOne } from '../observe/observation.ts';
import type { OwnDelay } from '../observe/own-lag.ts';
import { LAG_INTERVAL_MS, worstPerWindow } from '../observe/own-lag.ts';
import type { UserRange } from '../observe/user-range.ts';
import type { UserResult } from '../observe/user-result.ts';
import { userResult } from '../observe/user-result.ts';
import type { FleetPlan } from './plan.ts';
import { startAtRate } from './ramp.ts';
import type { UserSession, WorkerContext } from './user-session.ts';
import { openSession, runSession } from './user-session.ts';

/** The share of a fleet that one thread runs. */
export interface WorkerShare {
  readonly range: UserRange;
  /** Share of the declared ramp, from 0 to 1, that this thread makes. */
  readonly ofRamp: number;
  /** When the shard began, on the monotonic clock. */
  readonly beganMs: number;
}

/**
 * Runs some virtual users in this thread: all connect at the declared ramp and stay open until `barrier` resolves, ask for
 * their runs at the same ramp, and close. Only then they are judged, so that judging costs no time while answers are
 * awaited. `barrier` resolves once every thread holds all its users open.
 */
export async function runShare(
  context: WorkerContext,
  { range, ofRamp, beganMs }: WorkerShare,
  barrier: () => Promise<void>,
): Promise<ShareResult> {
  const { plan, stopSwitch, clock } = context;
  const meter = startLagMeter();
  const { rampPerSecond, handshakesAtOnce } = plan.load;
  const perSecond = rampPerSecond * ofRamp;
  const numbers = Array.from({ length: range.count }, (_, offset) => range.first + offset);
  const opened = await startAtRate(
    numbers,
    { perSecond, atOnce: Math.max(1, Math.round(handshakesAtOnce * ofRamp)), clock },
    async (number, intendedMs) =>
      stopSwitch.stopped === undefined ? openSession(context, number, intendedMs) : undefined,
  );
  await barrier();
  const sessions = opened.filter((session): session is UserSession => session !== undefined);
  const ready = sessions.filter((session) => session.ready);
  await startAtRate(ready, { perSecond, atOnce: Infinity, clock }, (session, intendedMs) =>
    runSession(context, session, intendedMs),
  );
  meter.stop();
  return summariseShare({ plan, range, sessions, delays: meter.delays, beganMs, stopped: stopSwitch.stopped });
}

const JUDGED_PER_TURN = 50;
const MOST_FAILING_KEPT = 100;
const PASSING_KEPT = 3;

/** A share whose connections are all gone. */
interface FinishedShare {
  readonly plan: FleetPlan;
  readonly range: UserRange;
  readonly sessions: readonly UserSession[];
  readonly delays: readonly OwnDelay[];
  readonly beganMs: number;
  readonly stopped: string | undefined;
}

/** Judges and measures every virtual user, and keeps the whole histories of failing users and of a sample of the others. */
async function summariseShare(finished: FinishedShare): Promise<ShareResult> {
  const { plan, range, sessions, delays, beganMs, stopped } = finished;
  const checks = conversationChecks(plan);
  const measurements = createMeasurements();
  const users: UserResult[] = [];
  const kept: KeptHistory[] = [];
  const sampleEvery = Math.max(1, Math.ceil(sessions.length / PASSING_KEPT));
  for (const [position, session] of sessions.entries()) {
    const { recorder, connecting, asking, number } = session;
    const { history } = recorder;
    const observed = observeOne(recorder, checks, 'verdict', delays);
    if (observed === undefined) continue;
    const timings = metricTimings(history, connecting, asking);
    for (const timing of timings) measurements.add(timing);
    users.push(userResult({ ...session, history }, observed, timings, beganMs));
    const isWanted = observed.outcome === 'passed' ? position % sampleEvery === 0 : kept.length < MOST_FAILING_KEPT;
    if (isWanted) kept.push({ number, entries: savedHistory(history) });
    if (position % JUDGED_PER_TURN === 0) await nextTurn();
  }
  return {
    range,
    users,
    latencies: measurements.latencies(),
    lag: measurements.lag(delays),
    lagWindows: worstPerWindow(delays, beganMs),
    kept,
    unjudged: neverStarted(range, users, stopped),
    stopped,
  };
}

/** The virtual users that were not started because the fleet had stopped: consecutive, for they start in order. */
function neverStarted(
  { first, count }: UserRange,
  judged: readonly UserResult[],
  stopped: string | undefined,
): readonly UnjudgedRange[] {
  const started = new Set(judged.map(({ number }) => number));
  const missing = Array.from({ length: count }, (_, offset) => first + offset).filter((number) => !started.has(number));
  const ranges: { first: number; count: number }[] = [];
  for (const number of missing) {
    const last = ranges.at(-1);
    if (last !== undefined && last.first + last.count === number) last.count += 1;
    else ranges.push({ first: number, count: 1 });
  }
  return ranges.map((range) => ({ range, because: stopped ?? 'they were never started' }));
}

/** Samples the delay of this thread's event loop until it is stopped. */
export interface LagMeter {
  readonly delays: readonly OwnDelay[];
  stop(): void;
}

/** Starts to sample, every ten milliseconds. */
export function startLagMeter(): LagMeter {
  const delays: OwnDelay[] = [];
  return { delays, stop: sampleLag(LAG_INTERVAL_MS, (sample) => void delays.push(sample)) };
}
