import { connectionsOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import type { RunTimings, Timed } from '../../report/timings.ts';
import { timingsOf } from '../../report/timings.ts';
import type { Distribution } from './distribution.ts';
import { createDistribution, readDistribution } from './distribution.ts';
import type { OwnDelay } from './own-lag.ts';
import { LAG_INTERVAL_MS, delaysWithin } from './own-lag.ts';

/**
 * What is timed of every virtual user, taken where the socket was read or written. The two `start-delay` metrics say how
 * much later than intended we ourselves started; `from-intended` adds that to the answer, as a user would feel it.
 */
export const LATENCY_METRICS = [
  'connect-start-delay',
  'connect',
  'connect-from-intended',
  'welcome',
  'pong',
  'run-start-delay',
  'first-event',
  'run',
  'run-from-intended',
] as const;

/** One of {@link LATENCY_METRICS}. */
export type LatencyMetric = (typeof LATENCY_METRICS)[number];

/** When something was meant to start, and when it did; monotonic milliseconds. */
export interface PlannedStart {
  readonly intendedMs: number;
  readonly actualMs: number;
}

/** One measured time of one virtual user, in monotonic milliseconds. */
export interface MetricTiming {
  readonly metric: LatencyMetric;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Distributions by metric, as texts; see `readDistribution`. */
export type MetricTexts = Readonly<Partial<Record<LatencyMetric, string>>>;

/** Everything that was timed of one virtual user; what did not happen is not there. */
export function metricTimings(
  history: History,
  connecting: PlannedStart,
  asking: PlannedStart | undefined,
): readonly MetricTiming[] {
  const [connection] = connectionsOf(history);
  if (connection === undefined) return [];
  const { connect, welcome, pongs, runs } = timingsOf(history, connection);
  const timings = [
    between('connect-start-delay', connecting.intendedMs, connecting.actualMs),
    timing('connect', connect),
    between('connect-from-intended', connecting.intendedMs, connect?.to?.atMs),
    timing('welcome', welcome),
    timing('pong', pongs[0]),
    ...(asking === undefined ? [] : runMetrics(runs, asking)),
  ];
  return timings.filter((each) => each !== undefined);
}

function runMetrics(
  runs: readonly RunTimings[],
  { intendedMs, actualMs }: PlannedStart,
): readonly (MetricTiming | undefined)[] {
  return runs.flatMap(({ firstEvent, whole }, position) => [
    timing('first-event', firstEvent),
    timing('run', whole),
    ...(position > 0
      ? []
      : [between('run-start-delay', intendedMs, actualMs), between('run-from-intended', intendedMs, whole.to?.atMs)]),
  ]);
}

function timing(metric: LatencyMetric, timed: Timed | undefined): MetricTiming | undefined {
  return between(metric, timed?.from.atMs, timed?.to?.atMs);
}

function between(
  metric: LatencyMetric,
  fromMs: number | undefined,
  toMs: number | undefined,
): MetricTiming | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : { metric, fromMs, toMs };
}

/** Collects what was timed, by metric. */
export interface Measurements {
  add(timing: MetricTiming): void;
  latencies(): MetricTexts;
  /** For each metric the distribution of our own delay between its first start and its last end. */
  lag(delays: readonly OwnDelay[]): MetricTexts;
}

interface Measured {
  readonly distribution: Distribution;
  fromMs: number;
  toMs: number;
}

/** Measurements without a timing. */
export function createMeasurements(): Measurements {
  const measured = new Map<LatencyMetric, Measured>();
  const texts = (textOf: (of: Measured) => string): MetricTexts =>
    Object.fromEntries([...measured].map(([metric, of]) => [metric, textOf(of)]));
  return {
    add({ metric, fromMs, toMs }) {
      const of = measured.get(metric) ?? { distribution: createDistribution(), fromMs, toMs };
      measured.set(metric, of);
      of.distribution.record(toMs - fromMs);
      of.fromMs = Math.min(of.fromMs, fromMs);
      of.toMs = Math.max(of.toMs, toMs);
    },
    latencies: () => texts(({ distribution }) => distribution.toText()),
    lag: (delays) => texts(({ fromMs, toMs }) => lagOf(delaysWithin(delays, fromMs, toMs)).toText()),
  };
}

/** A delay hides those that would have been seen while it lasted, so it counts for each of them. */
function lagOf(delays: readonly OwnDelay[]): Distribution {
  const lag = createDistribution();
  for (const { lateMs } of delays) lag.recordWithHidden(lateMs, LAG_INTERVAL_MS);
  return lag;
}

/** With more of our own delay than this in the same time, a percentile is not trustworthy to within 10 ms. */
export const TRUSTED_LAG_MS = 10;

/** What is known of one metric, over all virtual users. */
export interface LatencyFigures {
  readonly metric: LatencyMetric;
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly maxMs: number;
  /** Our own event-loop delay while the metric was measured. */
  readonly lagP99: number;
  readonly lagMaxMs: number;
  /** Whether our own delay was small enough for the figures to be believed. */
  readonly trusted: boolean;
}

/** The figures of every metric that was measured, each with our own delay in the same time. */
export function latencyFigures(measured: {
  readonly latencies: MetricTexts;
  readonly lag: MetricTexts;
}): readonly LatencyFigures[] {
  return LATENCY_METRICS.flatMap((metric) => {
    const values = read(measured.latencies[metric]);
    if (values === undefined || values.count === 0) return [];
    const own = read(measured.lag[metric]);
    const [p50, p90, p99] = [values.atMs(50), values.atMs(90), values.atMs(99)];
    const lagP99 = own?.atMs(99) ?? Infinity;
    const figures = { metric, count: values.count, p50, p90, p99, maxMs: values.maxMs };
    return [{ ...figures, lagP99, lagMaxMs: own?.maxMs ?? Infinity, trusted: lagP99 <= TRUSTED_LAG_MS }];
  });
}

function read(text: string | undefined): Distribution | undefined {
  return text === undefined ? undefined : readDistribution(text);
}
