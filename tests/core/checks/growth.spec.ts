import { expect, test } from '@playwright/test';
import { growthOf } from '../../../src/checks/growth.ts';

/** Users that ask at once and are answered after these times, in milliseconds. */
const atOnce = (...times: readonly number[]) => times.map((answeredMs) => ({ askedMs: 0, answeredMs }));

test('growth: users that are served one by one wait longer by one step each, in whatever order they are listed', () => {
  expect(growthOf(atOnce(6000, 4000, 8000, 10_000))).toEqual({
    users: 4,
    shortestMs: 4000,
    longestMs: 10_000,
    stepMs: 2000,
  });
});

test('growth: equal waits, uneven waits and two users follow no law', () => {
  expect(growthOf(atOnce(4000, 4000, 4010))).toBeUndefined();
  expect(growthOf(atOnce(100, 200, 9000))).toBeUndefined();
  expect(growthOf(atOnce(4000, 6000))).toBeUndefined();
});

test('growth: a user that asks after the first answer does not stand in the queue', () => {
  const late = { askedMs: 5000, answeredMs: 5010 };
  expect(growthOf([...atOnce(2000, 4000, 6000), late])?.users).toBe(3);
  expect(growthOf([...atOnce(2000, 4000), late])).toBeUndefined();
});
