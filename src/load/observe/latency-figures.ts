import type { Distribution } from './distribution.ts';
import { readDistribution } from './distribution.ts';
import type { FleetResult } from './fleet-result.ts';
import type { LatencyMetric } from './latency-metrics.ts';
import { LATENCY_METRICS } from './latency-metrics.ts';

/** With more of our own delay than this in the same time, a percentile is not trustworthy to within 10 ms. */
export const TRUSTED_LAG_MS = 10;

const PERCENTILES = [50, 90, 99] as const;

/** What is known of one phase, over all members. */
export interface LatencyFigures {
  readonly phase: LatencyMetric;
  readonly count: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly maxMs: number;
  /** Our own event-loop delay while the phase was measured. */
  readonly lagP99: number;
  readonly lagMaxMs: number;
  /** Whether our own delay was small enough for the figures to be believed. */
  readonly trusted: boolean;
}

/** The figures of every phase that was reached, each with our own delay in the same time. */
export function latencyFigures({ phases, lag }: Pick<FleetResult, 'phases' | 'lag'>): readonly LatencyFigures[] {
  return LATENCY_METRICS.flatMap((phase) => {
    const values = read(phases[phase]);
    if (values === undefined || values.count === 0) return [];
    const own = read(lag[phase]);
    const [p50, p90, p99] = PERCENTILES.map((percentile) => values.atMs(percentile));
    const lagP99 = own?.atMs(99) ?? Infinity;
    const figures = { phase, count: values.count, p50: p50 ?? 0, p90: p90 ?? 0, p99: p99 ?? 0, maxMs: values.maxMs };
    return [{ ...figures, lagP99, lagMaxMs: own?.maxMs ?? Infinity, trusted: lagP99 <= TRUSTED_LAG_MS }];
  });
}

function read(text: string | undefined): Distribution | undefined {
  return text === undefined ? undefined : readDistribution(text);
}
