import { monotonicMs } from '../src/client/connect.ts';
import { createDistribution } from '../src/load/observe/distribution.ts';
import type { LagSample } from '../src/client/lag-sampler.ts';
import { startLagMeter } from '../src/load/execute/run-share.ts';
import { LAG_INTERVAL_MS } from '../src/load/observe/own-lag.ts';
import { openSession, runSession } from '../src/load/execute/user-session.ts';
import { startAtRate } from '../src/load/execute/ramp.ts';
import { TRUSTED_LAG_MS } from '../src/load/observe/latency-metrics.ts';
import { hrtimeMs } from './clock.ts';
import { workerContextFor } from './worker-context.ts';
import { planFor } from './fleet-plan.ts';
import { momentsOf } from './moments.ts';
import { startRemoteTwin } from './start-twin.ts';

interface ErrorOptions {
  readonly count: number;
  readonly perSecond: number;
}

const IN_FLIGHT = 100;

/**
 * Runs a fleet in one thread against a twin that keeps its whole journal, and compares when answers were read with when the
 * twin wrote them: per phase the 99th percentile as reported, and as it would be had every answer been read at once.
 */
const { count, perSecond }: ErrorOptions = JSON.parse(process.argv[2] ?? '{}');
const twin = await startRemoteTwin({ journal: 'full' });
const load = { connections: count, rampPerSecond: perSecond, handshakesAtOnce: IN_FLIGHT };
const plan = planFor(twin, load, { quietWindowMs: 120, welcomeDeadlineMs: 60_000, pongDeadlineMs: 60_000 });
const context = workerContextFor(plan, twin.jwtSecret, { first: 0, count });
const numbers = Array.from({ length: count }, (_, number) => number);
const meter = startLagMeter();
const startRate = { perSecond, clock: monotonicMs };
const sessions = await startAtRate(numbers, { ...startRate, atOnce: IN_FLIGHT }, (number, intended) =>
  openSession(context, number, intended),
);
await startAtRate(sessions, { ...startRate, atOnce: Infinity }, (session, intended) =>
  runSession(context, session, intended),
);
meter.stop();
const offsetMs = hrtimeMs() - performance.now();
const moments = momentsOf(sessions, await twin.journal(), offsetMs);
const lag = lagP99(meter.delays);
const rows = Object.entries(moments).map(([phase, { reported, written }]) => {
  const [ours, theirs] = [p99(reported), p99(written)];
  return { phase, count: reported.length, ours, theirs, error: ours - theirs };
});
process.stdout.write(`${JSON.stringify({ rows, lagP99: lag, trusted: lag <= TRUSTED_LAG_MS })}\n`);
process.exit();

function p99(values: readonly number[]): number {
  const distribution = createDistribution();
  for (const value of values) distribution.record(value);
  return distribution.atMs(99);
}

function lagP99(samples: readonly LagSample[]): number {
  const distribution = createDistribution();
  for (const { lateMs } of samples) distribution.recordWithHidden(lateMs, LAG_INTERVAL_MS);
  return distribution.atMs(99);
}
