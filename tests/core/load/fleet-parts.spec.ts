import { expect, test } from '@playwright/test';
import { createDistribution, readDistribution } from '../../../src/load/observe/distribution.ts';
import { fleetMatrix, fleetTable } from '../../../src/load/present/fleet-tables.ts';
import { drawChart } from '../../../src/load/present/draw-chart.ts';
import { fleetChart } from '../../../src/load/present/fleet-chart.ts';
import { fleetResult } from '../../../src/load/observe/fleet-result.ts';
import type { ShardResult } from '../../../src/load/observe/fleet-result.ts';
import { nameOfRange, splitRange, rangeOfShard } from '../../../src/load/observe/user-range.ts';
import { stopSwitch } from '../../../src/load/execute/ramp.ts';
import { latencyFigures } from '../../../src/load/observe/latency-figures.ts';
import { unfinishedShard } from '../../../src/load/execute/shards.ts';

const LOAD = {
  connections: 10,
  rampPerSecond: 100,
  handshakesAtOnce: 10,
  runsPerConnection: 1,
  connectionsPerWorker: 100,
  stopAfterPercent: 5,
};

test('fleet spans: pieces follow one another and leave nobody out', () => {
  expect(splitRange({ first: 3, count: 10 }, 4)).toEqual([
    { first: 3, count: 2 },
    { first: 5, count: 3 },
    { first: 8, count: 2 },
    { first: 10, count: 3 },
  ]);
  expect(nameOfRange(rangeOfShard({ current: 2, of: 2 }, 10))).toBe('c6–c10');
  expect(() => rangeOfShard({ current: 3, of: 2 }, 10)).toThrow('expected 1 to 2, got 3');
});

test('fleet stop switch: one success starts the count anew', () => {
  const own = stopSwitch(1, 100);
  for (let times = 0; times < 4; times += 1) own.count('badly');
  own.count('well');
  for (let times = 0; times < 4; times += 1) own.count('badly');
  expect(own.stopped).toBeUndefined();
  own.count('badly');
  expect(own.stopped).toContain('5 connections failed in a row');
});

test('fleet histograms: merged percentiles are those of all values, not a mean', () => {
  const [fast, slow] = [createDistribution(), createDistribution()];
  for (let value = 1; value <= 99; value += 1) fast.record(1);
  slow.record(1000);
  const merged = readDistribution(fast.toText());
  merged.merge(readDistribution(slow.toText()));
  expect(merged.count).toBe(100);
  expect(merged.atMs(50)).toBe(1);
  expect(merged.maxMs).toBeCloseTo(1000, -1);
  expect(merged.atMs(99.9)).toBeCloseTo(1000, -1);
});

test('fleet histograms: a long delay counts for the samples that it hid', () => {
  const lag = createDistribution();
  for (let times = 0; times < 90; times += 1) lag.recordWithHidden(0, 10);
  lag.recordWithHidden(100, 10);
  expect(lag.count).toBe(100);
  expect(lag.atMs(95)).toBeGreaterThan(40);
});

test('fleet figures: a percentile is trusted when our own delay in the same time was small', () => {
  const [values, calm, late] = [createDistribution(), createDistribution(), createDistribution()];
  values.record(20);
  calm.record(2);
  late.record(50);
  const phases = { pong: values.toText(), welcome: values.toText(), connect: values.toText() };
  const figures = latencyFigures({ phases, lag: { pong: calm.toText(), welcome: late.toText() } });
  expect(figures.map(({ phase, trusted }) => [phase, trusted])).toEqual([
    ['connect', false],
    ['welcome', false],
    ['pong', true],
  ]);
});

test('fleet report: it can be drawn when nobody was judged', async () => {
  const part: ShardResult = unfinishedShard(LOAD, { current: 1, of: 1 }, 'twin');
  const fleet = fleetResult([part], 'the whole fleet');
  expect(fleetTable(fleet)).toContain('0 passed, 0 failed, 0 unverified, 10 not judged');
  expect(fleetMatrix(fleet)).toContain('not judged: c1–c10: part 1 of 1 began and never finished');
  expect(await drawChart(fleetChart(fleet))).toMatch(/^<svg[^]*<\/svg>$/);
});

test('fleet merge: parts of different fleets, and a part given twice, are refused', () => {
  const first = unfinishedShard(LOAD, { current: 1, of: 2 }, 'twin');
  const stranger = unfinishedShard({ ...LOAD, rampPerSecond: 1 }, { current: 2, of: 2 }, 'twin');
  expect(() => fleetResult([first, stranger], 'the whole fleet')).toThrow('expected parts of one fleet');
  expect(() => fleetResult([first, first], 'the whole fleet')).toThrow('part 1 of 2 was given twice');
  expect(() => fleetResult([], 'the whole fleet')).toThrow('at least one part');
});
