import { expect, test } from '@playwright/test';
import { createDistribution, readDistribution } from '../../../../src/load/observe/distribution.ts';

test('merged percentiles are those of all values, not a mean', () => {
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

test('a long delay counts for the samples that it hid', () => {
  const lag = createDistribution();
  for (let times = 0; times < 90; times += 1) lag.recordWithHidden(0, 10);
  lag.recordWithHidden(100, 10);
  expect(lag.count).toBe(100);
  expect(lag.atMs(95)).toBeGreaterThan(40);
});
