import { expect, test } from '@playwright/test';
import { looksOf } from '../../../src/failures/recurrence.ts';

const CASES = [
  { when: 'two attempts fail alike', tried: 2, endedAfterMs: [60, 60], looks: 'too few to tell' },
  { when: 'all end after the same time', tried: 3, endedAfterMs: [60, 60, 60], looks: 'deterministic' },
  { when: 'all end within 100 ms', tried: 3, endedAfterMs: [160, 60, 61], looks: 'deterministic' },
  { when: 'all end in 101 ms', tried: 3, endedAfterMs: [161, 60, 61], looks: 'always, at varying times' },
  {
    when: 'all end within a quarter of their median',
    tried: 3,
    endedAfterMs: [4000, 4500, 3500],
    looks: 'deterministic',
  },
  {
    when: 'all end in more than a quarter of their median',
    tried: 3,
    endedAfterMs: [4000, 4500, 3499],
    looks: 'always, at varying times',
  },
  { when: 'one of three does not fail', tried: 3, endedAfterMs: [60, 60], looks: 'intermittent' },
] as const;

for (const { when, tried, endedAfterMs, looks } of CASES) {
  test(`a failure looks like this when ${when}: ${looks}`, () => {
    expect(looksOf(tried, endedAfterMs.length, endedAfterMs)).toBe(looks);
  });
}

test('a failure of every attempt whose end was never seen is deterministic', () => {
  expect(looksOf(3, 3, [])).toBe('deterministic');
});
