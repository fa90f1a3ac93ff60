import type { LatencySummary } from './latency-summary.ts';

/** One sample of Allure's performance metrics. Times are epoch milliseconds. */
export interface Metric {
  readonly id: string;
  readonly key: string;
  readonly value: number;
  readonly start: number;
  readonly stop: number;
}

/** The statistics of a latency that are followed over nights. */
export const FOLLOWED = ['p50', 'p95', 'worst'] as const;

/** What Allure reads from a file that ends in `-perf.json`: three metrics for each latency, in milliseconds. */
export function latencyMetrics(summaries: readonly LatencySummary[], start: number, stop: number): readonly Metric[] {
  return summaries.flatMap((summary) =>
    FOLLOWED.map((statistic) => {
      const key = `${summary.latency}.${statistic}`;
      return { id: key, key, value: Math.round(summary[statistic] * 10) / 10, start, stop };
    }),
  );
}
