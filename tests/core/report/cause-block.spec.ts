import { expect, test } from '@playwright/test';
import type { Cause } from '../../../src/failures/causes.ts';
import { causeBlock, headlineOf } from '../../../src/report/cause-block.ts';
import type { RunAtItsEnd } from '../../../src/report/cause-block.ts';

const LATE: Cause = {
  id: 'run-late',
  sentence: 'a run is slower than allowed, and 2.0 s later for each further user at once',
  severity: 'other',
  specificity: 'finding',
  owner: 'product',
  phase: 'events',
  failed: 8,
  tried: 10,
  unit: 'runs',
  pattern: 'c3 to c10',
  tests: ['serves many users at once'],
  consequences: [],
  codes: ['first-event-late'],
  follows: [],
  folded: [],
  evidence: {
    test: 'serves many users at once',
    place: 'tests/contract/concurrent-connections.spec.ts:8',
    entries: [45, 81],
    because: 'the first event came after 18.1 s',
  },
  next: ['Ask whether runs are served one by one'],
};

const RUN: RunAtItsEnd = {
  causes: [LATE],
  tests: 53,
  red: 1,
  interrupted: 0,
  notRun: 0,
  errors: [],
  status: 'failed',
  durationMs: 108_000,
  works: ['welcome', 'heartbeat'],
};

test('cause block: says what is wrong, where, how often, what works, who acts, the evidence and the next step', () => {
  expect(causeBlock(RUN)).toEqual([
    'NOT FIT: ONE CAUSE, 1 of 53 tests red, in 1 min 48 s',
    '1 A run is slower than allowed, and 2.0 s later for each further user at once',
    '  Where     events: from the first to the last event of a run',
    '  How often 8 of 10 runs, c3 to c10, in 1 test',
    '  Works     welcome, ping',
    '  Who       developers of the backend',
    '  Evidence  "serves many users at once" (tests/contract/concurrent-connections.spec.ts:8), timeline #45 #81:',
    '            the first event came after 18.1 s',
    '  Next      Ask whether runs are served one by one',
  ]);
});

test('cause block: a security problem is written in capitals', () => {
  const leak: Cause = { ...LATE, sentence: 'a bad credential is accepted', severity: 'security' };
  expect(causeBlock({ ...RUN, causes: [leak] })[1]).toBe('1 SECURITY: A BAD CREDENTIAL IS ACCEPTED');
});

test('cause block: five causes in full, each in at most twelve lines, and the rest counted', () => {
  const wordy = 'word '.repeat(400);
  const long: Cause = { ...LATE, evidence: { ...LATE.evidence, because: wordy }, next: [wordy] };
  const lines = causeBlock({ ...RUN, causes: Array.from({ length: 7 }, () => long) });
  expect(lines.length).toBeLessThanOrEqual(1 + 5 * 12 + 1);
  expect(lines.filter((line) => /^\d /.test(line))).toHaveLength(5);
  expect(lines.at(-1)).toMatch(/^and 2 more causes: A run is slower/);
});

test('cause block: says whether a cause is new, or for how many runs it has lasted', () => {
  const since = '2026-11-01T02:00:00Z';
  const lines = (runs: number): string =>
    causeBlock({ ...RUN, lasting: new Map([['run-late', { runs, since }]]) }).join('\n');
  expect(lines(1)).toContain('Since     new: the run before did not have it');
  expect(lines(3)).toContain('Since     3 runs, since 2026-11-01');
  expect(causeBlock(RUN).join('\n')).not.toContain('Since');
});

test('cause block: what was interrupted or did not run is neither red nor good', () => {
  const cut = { ...RUN, causes: [], red: 0, interrupted: 1, notRun: 51, status: 'interrupted' } as const;
  expect(causeBlock(cut)).toEqual([
    'NOT FIT: 0 of 1 tests red, in 1 min 48 s',
    'Not judged: 1 test interrupted, judged by nothing; 51 of 53 tests not run; the run was interrupted',
  ]);
});

test('cause block: an error in the settings is no count', () => {
  const nothing = { ...RUN, causes: [], tests: 0, red: 0, errors: ['settings: STAGING_JWT_SECRET is missing'] };
  expect(causeBlock(nothing)).toEqual([
    'NOT FIT: nothing ran; the error is below, in 1 min 48 s',
    'Error: settings: STAGING_JWT_SECRET is missing',
  ]);
  expect(headlineOf({ ...RUN, causes: [], red: 0, status: 'passed' })).toMatch(/^FIT: 53 of 53 tests judged/);
});
