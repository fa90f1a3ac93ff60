import { expect, test } from '@playwright/test';
import { judgement } from '../../../src/checks/judgement.ts';
import { reportLate, worstLag } from '../../../src/checks/lag.ts';
import type { Finding } from '../../../src/checks/verdict.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const SPAN = { fromMs: 1000, toMs: 2000 };

/** Samples of our own delay: when each was recorded, and how late we were then. */
type Samples = readonly (readonly [atMs: number, lateMs: number])[];

function lagging(samples: Samples): FakeHistory {
  const fake = fakeHistory();
  for (const [atMs, lateMs] of samples) {
    fake.at(atMs);
    fake.lag(lateMs);
  }
  return fake;
}

const SAMPLES: Readonly<Record<string, readonly [Samples, number | undefined]>> = {
  'that ended before the span': [[[999, 500]], undefined],
  'that ended when the span began': [[[1000, 500]], 0],
  'within the span': [[[1500, 100]], 0],
  'that lasted longer than the span': [[[3000, 2500]], 0],
  'that began when the span ended': [[[2500, 500]], 0],
  'that began after the span': [[[2501, 500]], undefined],
  'of which the later one is worse': [
    [
      [1200, 100],
      [1400, 101],
    ],
    1,
  ],
  'of which the earlier one is worse': [
    [
      [1200, 101],
      [1400, 100],
    ],
    0,
  ],
  'of equal length': [
    [
      [1200, 100],
      [1400, 100],
    ],
    0,
  ],
  'of which the worse one ended before the span': [
    [
      [900, 500],
      [1400, 100],
    ],
    1,
  ],
};

for (const [name, [samples, expected]] of Object.entries(SAMPLES)) {
  test(`lag: of delays ${name}, ${expected === undefined ? 'none' : `the one at ${expected}`} counts`, () => {
    expect(worstLag(lagging(samples).history, SPAN)?.index).toBe(expected);
  });
}

const LATE = {
  code: 'pong-late',
  expected: 'at most 900 ms',
  found: '1000 ms',
  because: 'it came late',
  entries: [7, 8],
  connection: 'c1',
} as const;

const LATENESS: readonly (readonly [Samples, Finding])[] = [
  [[], { ...LATE, blame: 'product', because: 'it came late; no lag of our own was seen in that time' }],
  [[[1500, 99.7]], { ...LATE, blame: 'product', because: 'it came late; our own lag was at most 100 ms in that time' }],
  [
    [[1500, 100]],
    {
      ...LATE,
      code: 'harness-lag',
      blame: 'harness',
      because: 'it came late, but our own event loop was late by 100 ms in that time: use fewer connections per worker',
      entries: [7, 8, 0],
    },
  ],
];

for (const [samples, expected] of LATENESS) {
  test(`lag: an answer 100 ms too late is ${expected.code} where our own delays are ${JSON.stringify(samples)}`, () => {
    const judging = judgement('a check', 'an answer in time');
    reportLate(judging, lagging(samples).history, { span: SPAN, budgetMs: 900 }, LATE);
    const verdict = judging.verdict('');
    expect(findingsOf(verdict)).toEqual([expected]);
  });
}
