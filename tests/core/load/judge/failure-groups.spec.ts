import { expect, test } from '@playwright/test';
import { describeGroups, failureGroups } from '../../../../src/load/judge/failure-groups.ts';
import { INTERNAL_ERROR, attempts, observed } from '../observations.ts';

test('failures that come every time, in a row, and now and then are different', () => {
  const all = Array.from({ length: 20 }, (_, n) => n);
  expect(failureGroups(attempts(20, all))).toMatchObject([{ count: 20, recurrence: 'deterministic' }]);
  expect(failureGroups(attempts(20, [4, 5, 6, 7]))).toMatchObject([{ recurrence: 'in a row' }]);
  expect(failureGroups(attempts(20, [4, 11]))).toMatchObject([{ recurrence: 'intermittent', rate: 0.1 }]);
});

test('failures that take very different times are not called deterministic', () => {
  const slow = all(20).map((n) => observed(n, { ...INTERNAL_ERROR, endedAfterMs: 50 + n * 40 }));
  expect(failureGroups(slow)).toMatchObject([{ recurrence: 'always, at varying times' }]);
});

test('failures are grouped by signature, the most frequent first, with their rate and their times', () => {
  const refused = { outcome: 'failed', signature: 'token-refused, HTTP 403', endedAfterMs: 9 } as const;
  const [first, second] = failureGroups(
    all(100).map((n) => observed(n, n % 20 === 0 ? INTERNAL_ERROR : n === 50 ? refused : {})),
  );
  expect(first).toMatchObject({ count: 5, tried: 100, firstAtMs: 0, lastAtMs: 8000, ages: { least: 65, most: 65 } });
  expect(second).toMatchObject({ count: 1, connections: ['c50'] });
  expect(describeGroups([first, second].flatMap((group) => group ?? []))).toContain(
    'close 1011 "Internal error": 5 of 100 (5.0 %; between 1.6 % and 11.3 %), intermittent, 65 ms after the upgrade request, from 0.0 to 8.0 s into the run',
  );
});

function all(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n);
}
