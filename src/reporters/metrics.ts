import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestCase, TestResult } from '@playwright/test/reporter';
import { build } from 'hdr-histogram-js';
import type { Figure } from '../load/present/figures.ts';
import type { Latencies, Latency } from '../report/timings.ts';
import { LATENCIES } from '../report/timings.ts';
import { attachedText } from './test-verdicts.ts';

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

/** One sample of Allure's performance metrics. Times are epoch milliseconds. */
export interface Metric {
  readonly id: string;
  readonly key: string;
  readonly value: number;
  readonly start: number;
  readonly stop: number;
}

/** The statistics of a latency that the report follows from run to run. */
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

const A_RATE = /_rate(?:\.|$)/;

/** Figures of one spec as Allure's performance metrics, rates in percent. Times are epoch milliseconds. */
export function figureMetrics(
  spec: string,
  figures: readonly Figure[],
  start: number,
  stop: number,
): readonly Metric[] {
  return figures.map(({ name, value }) => {
    const key = `${spec}.${name}`;
    return { id: key, key, value: Math.round((A_RATE.test(name) ? value * 100 : value) * 100) / 100, start, stop };
  });
}

/** Writes the figures that a test attached where Allure reads them; nothing when it attached none. */
export function writeFigures(resultsDir: string, test: TestCase, result: TestResult): void {
  const text = attachedText(result, 'figures');
  if (text === undefined) return;
  const figures: readonly Figure[] = JSON.parse(text);
  const start = result.startTime.getTime();
  const spec = basename(test.location.file, '.spec.ts');
  const metrics = figureMetrics(spec, figures, start, start + result.duration);
  mkdirSync(resultsDir, { recursive: true });
  writeFileSync(join(resultsDir, `${spec}-perf.json`), JSON.stringify(metrics));
}
