import { expect, test } from '@playwright/test';
import { describeRecurrence, looksOf } from '../../../src/failures/recurrence.ts';
import { connectionsOfAges, diagnosisOf } from './diagnosed-history.ts';

const CASES = [
  { when: 'two attempts fail alike', tried: 2, endedAfterMs: [60, 60], looks: 'too few to tell' },
  { when: 'all end after the same time', tried: 3, endedAfterMs: [60, 60, 60], looks: 'deterministic' },
  { when: 'all end within 100 ms', tried: 3, endedAfterMs: [160, 60, 61], looks: 'deterministic' },
  { when: 'all end within 101 ms', tried: 3, endedAfterMs: [161, 60, 61], looks: 'always, at varying times' },
  {
    when: 'all end within a quarter of their median',
    tried: 3,
    endedAfterMs: [4000, 4500, 3500],
    looks: 'deterministic',
  },
  {
    when: 'all end within more than a quarter of their median',
    tried: 3,
    endedAfterMs: [4000, 4500, 3499],
    looks: 'always, at varying times',
  },
  { when: 'one of three does not fail', tried: 3, endedAfterMs: [60, 60], looks: 'intermittent' },
] as const;

for (const { when, tried, endedAfterMs, looks } of CASES) {
  test(`recurrence is "${looks}" when ${when}`, () => {
    expect(looksOf(tried, endedAfterMs.length, endedAfterMs)).toBe(looks);
  });
}

test('recurrence is "deterministic" when every attempt fails and no end was seen', () => {
  expect(looksOf(3, 3, [])).toBe('deterministic');
});

const DIAGNOSED = [
  { ages: [60, 63, 61], tried: 3, failed: 3, spreadMs: 3, looks: 'deterministic' },
  { ages: [60, 900, 2500], tried: 3, failed: 3, spreadMs: 2440, looks: 'always, at varying times' },
  { ages: [60, 'ready', 61, 'ready'], tried: 4, failed: 2, spreadMs: 1, looks: 'intermittent' },
  { ages: [60, 63], tried: 2, failed: 2, spreadMs: 3, looks: 'too few to tell' },
] as const;

for (const { ages, tried, failed, spreadMs, looks } of DIAGNOSED) {
  test(`connections that end after ${ages.join(', ')} ms fail like this: ${looks}`, () => {
    const recurrence = diagnosisOf((fake) => connectionsOfAges(fake, ages))?.recurrence;
    expect(recurrence).toEqual({ tried, failed, rate: failed / tried, spreadMs, looks });
  });
}

test('one connection says nothing about recurrence', () => {
  expect(diagnosisOf((fake) => connectionsOfAges(fake, [60]))?.recurrence).toBeUndefined();
});

test('the failure of every connection is an alternative when all fail alike, that of some when not', () => {
  expect(diagnosisOf((fake) => connectionsOfAges(fake, [60, 63, 61]))?.alternatives).toContain('FM-33');
  expect(diagnosisOf((fake) => connectionsOfAges(fake, [60, 'ready', 61]))?.alternatives).toContain('FM-79');
});

test('a recurrence is described with its share, and with its times where there are two', () => {
  const recurrence = { tried: 3, rate: 1 / 3, spreadMs: 0, looks: 'intermittent' } as const;
  expect(describeRecurrence({ ...recurrence, failed: 1 })).toBe('1 of 3 connections (33 %): intermittent');
  expect(describeRecurrence({ ...recurrence, failed: 2, spreadMs: 4.4 })).toBe(
    '2 of 3 connections (33 %), times to the end 4 ms apart: intermittent',
  );
});
