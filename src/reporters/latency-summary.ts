import { build } from 'hdr-histogram-js';
import type { Latencies, Latency } from '../report/timings.ts';
import { LATENCIES } from '../report/timings.ts';

/** One latency over all tests of a run, in milliseconds, to three significant digits. */
export interface LatencySummary {
  readonly latency: Latency;
  readonly samples: number;
  readonly p50: number;
  readonly p95: number;
  readonly worst: number;
}

const MICROSECONDS_PER_MS = 1000;

/** The latencies that have samples, summed up over many tests. */
export function summarize(all: readonly Latencies[]): readonly LatencySummary[] {
  return LATENCIES.flatMap((latency) => {
    const samples = all.flatMap((latencies) => latencies[latency]);
    if (samples.length === 0) return [];
    const histogram = build({ numberOfSignificantValueDigits: 3 });
    for (const ms of samples) histogram.recordValue(Math.round(ms * MICROSECONDS_PER_MS));
    const worst = samples.reduce((longest, ms) => Math.max(longest, ms), 0);
    const at = (percentile: number): number =>
      Math.min(worst, histogram.getValueAtPercentile(percentile) / MICROSECONDS_PER_MS);
    return [{ latency, samples: samples.length, p50: at(50), p95: at(95), worst }];
  });
}
