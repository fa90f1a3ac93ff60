import { expect, test } from '@playwright/test';
import { exactBounds, exactInterval, trialsToShowBelow } from '../../../../src/load/judge/binomial.ts';

/**
 * Two-sided 95 % intervals as they are published: for 0, 1 and 5 of 10 in tables of Clopper and Pearson's method, for 682 of
 * 925 (Mendel's peas, after Conover 1971) in the manual of R's `binom.test`.
 */
const PUBLISHED = [
  { hits: 0, trials: 10, lower: 0, upper: 0.3085 },
  { hits: 1, trials: 10, lower: 0.0025, upper: 0.445 },
  { hits: 5, trials: 10, lower: 0.1871, upper: 0.8129 },
  { hits: 10, trials: 10, lower: 0.6915, upper: 1 },
  { hits: 682, trials: 925, lower: 0.7077, upper: 0.7654 },
];

for (const { hits, trials, lower, upper } of PUBLISHED) {
  test(`the interval for ${hits} of ${trials} is the published one`, () => {
    const interval = exactInterval(hits, trials, 0.95);
    expect(interval.lower).toBeCloseTo(lower, 4);
    expect(interval.upper).toBeCloseTo(upper, 4);
  });
}

test('without a failure in n attempts the rate is below about 3/n', () => {
  expect(exactBounds(0, 10, 0.95).upper).toBeCloseTo(0.259, 3);
  expect(exactBounds(0, 60, 0.95).upper).toBeCloseTo(0.0487, 3);
  expect(exactBounds(0, 299, 0.95).upper).toBeLessThan(0.01);
  expect(exactBounds(0, 298, 0.95).upper).toBeGreaterThan(0.01);
});

test('without an attempt the rate may be anything', () => {
  expect(exactBounds(0, 0, 0.95)).toEqual({ lower: 0, upper: 1 });
});

test('it is known how many attempts show that a rate is below a limit', () => {
  expect(trialsToShowBelow(0.01, 0, 0.95)).toBe(299);
  expect(trialsToShowBelow(0.01, 1, 0.95)).toBe(473);
  expect(trialsToShowBelow(0.05, 0, 0.95)).toBe(59);
});

test('the interval holds the true rate as often as it promises', () => {
  const rate = 0.02;
  let probability = (1 - rate) ** 300;
  let covered = 0;
  for (let hits = 0; hits <= 300; hits += 1) {
    const { lower, upper } = exactInterval(hits, 300, 0.95);
    if (lower <= rate && rate <= upper) covered += probability;
    probability *= ((300 - hits) / (hits + 1)) * (rate / (1 - rate));
  }
  expect(covered).toBeGreaterThanOrEqual(0.95);
});

test('counts that no experiment gives are refused', () => {
  expect(() => exactBounds(3, 2, 0.95)).toThrow('3 hits in 2 trials');
  expect(() => exactBounds(1, 2, 95)).toThrow('confidence between 0 and 1');
});
