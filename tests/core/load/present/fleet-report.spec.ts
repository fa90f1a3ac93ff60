import { expect, test } from '@playwright/test';
import { unfinishedShard } from '../../../../src/load/execute/shards.ts';
import { fleetResult } from '../../../../src/load/observe/fleet-result.ts';
import { drawChart } from '../../../../src/load/present/draw-chart.ts';
import { fleetChart } from '../../../../src/load/present/fleet-chart.ts';
import { fleetMatrix, fleetTable } from '../../../../src/load/present/fleet-tables.ts';
import { LOAD } from '../observations.ts';

const FLEET = fleetResult([unfinishedShard(LOAD, { current: 1, of: 1 }, 'twin')], 'the whole fleet');

test('the tables of a fleet can be drawn when no connection was judged', () => {
  expect(fleetTable(FLEET)).toContain('0 passed, 0 failed, 0 unverified, 10 not judged');
  expect(fleetMatrix(FLEET)).toContain('not judged: c1–c10: shard 1 of 1 began and never finished');
});

test('the picture of a fleet shows four panels, and can be drawn when no connection was judged', async () => {
  const svg = await drawChart(fleetChart(FLEET));
  expect(svg).toMatch(/^<svg[^]*<\/svg>$/);
  for (const title of ['Latency by percentile', 'Ramp', 'Failures: none', 'own delay']) expect(svg).toContain(title);
});

test('the picture of a fleet draws a line for each metric, each moment of the ramp and each kind of finding', () => {
  const { series } = fleetChart({ ...FLEET, lagWindows: [{ atMs: 250, worstMs: 4 }] }).option;
  expect(series).toMatchObject(['declared', 'started', 'opened', 'worst delay', 'tolerable'].map((name) => ({ name })));
});
