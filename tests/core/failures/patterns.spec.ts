import { expect, test } from '@playwright/test';
import { patternOf } from '../../../src/failures/patterns.ts';

/** Connections c1, c2 and so on: `x` failed, `.` did not. */
const trials = (marks: string, more: (position: number) => object = () => ({})) =>
  marks.split('').map((mark, position) => ({
    name: `c${position + 1}`,
    failed: mark === 'x',
    bySubprotocol: false,
    ...more(position),
  }));

for (const { marks, pattern } of [
  { marks: 'x....', pattern: 'only the first' },
  { marks: '..x..x..x.', pattern: 'every third' },
  { marks: '..xxxxxxxx', pattern: 'c3 to c10' },
  { marks: '.x..x', pattern: undefined },
  { marks: '..x..', pattern: undefined },
  { marks: 'x.', pattern: undefined },
  { marks: '.....', pattern: undefined },
]) {
  test(`patterns: of ${marks} the failures are ${pattern ?? 'without a law'}`, () => {
    expect(patternOf(trials(marks))).toBe(pattern);
  });
}

test('patterns: all fail at one age, or at ages that differ too much', () => {
  const aged = (...ages: readonly number[]) => trials('xxx', (position) => ({ endedAfterMs: ages[position] }));
  expect(patternOf(aged(61, 63, 66))).toBe('each about 63 ms after the upgrade (5 ms apart)');
  expect(patternOf(aged(61, 900, 4000))).toBeUndefined();
});

test('patterns: those fail whose token travels in the subprotocol', () => {
  expect(patternOf(trials('.x.x.', (position) => ({ bySubprotocol: position % 2 === 1 })))).toBe(
    'only over the subprotocol',
  );
});
