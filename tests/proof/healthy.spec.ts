import { expect, test } from '@playwright/test';
import { explained, mismatchOf } from './expectations.ts';
import { journalDifferences } from './journal-differences.ts';
import { playAll } from './play.ts';

test('proof: a healthy twin provokes nothing', async () => {
  const performances = await playAll({});
  const { unexpected } = mismatchOf(
    performances.flatMap(({ findings }) => findings),
    { provokes: [] },
  );
  expect(unexpected, explained(performances, unexpected)).toEqual([]);
  expect(performances.flatMap(({ crash }) => crash ?? [])).toEqual([]);
  expect(performances.flatMap(({ history, journal }) => journalDifferences(history, journal))).toEqual([]);
});
