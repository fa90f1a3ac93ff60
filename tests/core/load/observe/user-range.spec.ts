import { expect, test } from '@playwright/test';
import { nameOfRange, rangeOfShard, splitRange } from '../../../../src/load/observe/user-range.ts';

test('the pieces of a range of users follow one another and leave no user out', () => {
  expect(splitRange({ first: 3, count: 10 }, 4)).toEqual([
    { first: 3, count: 2 },
    { first: 5, count: 3 },
    { first: 8, count: 2 },
    { first: 10, count: 3 },
  ]);
});

test('a range of users is named by its first and its last connection', () => {
  expect(nameOfRange(rangeOfShard({ current: 2, of: 2 }, 10))).toBe('c6–c10');
});

test('a shard that does not exist is refused', () => {
  expect(() => rangeOfShard({ current: 3, of: 2 }, 10)).toThrow('expected 1 to 2, got 3');
});
