import { expect, test } from '@playwright/test';
import { drawChart } from '../../../../src/load/present/draw-chart.ts';
import { chartsOf, memoryOverTime, timeBins } from '../../../../src/load/present/nightly-charts.ts';
import { attempts } from '../observations.ts';

test('rate and latency are always drawn, ends by age only where connections ended', () => {
  const names = (failing: readonly number[]) => chartsOf(attempts(100, failing)).map(({ name }) => name);
  expect(names([3])).toEqual(['rate over time', 'latency over time', 'ends by age']);
  expect(names([])).toEqual(['rate over time', 'latency over time']);
});

test('no attempt is lost between the parts of the time', () => {
  const bins = timeBins(attempts(100), 30);
  expect(bins).toHaveLength(30);
  expect(bins.reduce((sum, { observations }) => sum + observations.length, 0)).toBe(100);
  expect(timeBins([], 30)).toEqual([]);
});

test('charts are drawn as SVG without a browser, for light and dark screens', async () => {
  const memory = [1, 2, 3].map((n) => ({ atMs: n * 1000, heapMb: 40 + n, residentMb: 120, entry: n }));
  for (const chart of [...chartsOf(attempts(50, [3, 9])), memoryOverTime(memory)]) {
    const svg = await drawChart(chart);
    expect(svg).toMatch(/^<svg [^>]*width="900"/);
    expect(svg).toContain('prefers-color-scheme: dark');
    expect(svg).toContain('class="paper"');
  }
});
