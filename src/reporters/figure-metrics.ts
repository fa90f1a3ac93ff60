import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TestCase, TestResult } from '@playwright/test/reporter';
import type { Figure } from '../load/present/figures.ts';
import { attachedText } from './attached.ts';
import type { Metric } from './latency-metrics.ts';

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
