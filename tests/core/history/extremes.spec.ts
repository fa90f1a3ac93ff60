import { expect, test } from '@playwright/test';
import { extremesOf } from '../../../src/history/extremes.ts';

test('extremes: a million numbers have a least and a greatest one, and no numbers have none', () => {
  const numbers = Array.from({ length: 1_000_000 }, (_, position) => position - 7);
  expect(extremesOf(numbers)).toEqual({ least: -7, most: 999_992 });
  expect(extremesOf([])).toBeUndefined();
});
