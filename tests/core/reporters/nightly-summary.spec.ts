import { expect, test } from '@playwright/test';
import { changesBetween, lastGreen, nightlySummary } from '../../../src/reporters/nightly-summary.ts';
import type { RecordedRun } from '../../../src/reporters/nightly-summary.ts';
import { redTest, endedTest } from './recorded-tests.ts';

const DAY_MS = 86_400_000;

/** A run `day` days after the first, with the status of each test. */
function runOf(day: number, statuses: Readonly<Record<string, string>>): RecordedRun {
  const tests = Object.entries(statuses).map(([title, status]) => [title, { title, status }] as const);
  return { name: 'x', atMs: day * DAY_MS, tests: new Map(tests) };
}

const report = {
  projects: ['staging'],
  isFit: true,
  tests: [endedTest()],
  causes: [],
  block: [],
  problems: [],
  recorded: [],
};

test('nightly summary: a run in which everything passed is fit, and the last green run is named', () => {
  const text = nightlySummary({ ...report, recorded: [runOf(0, { a: 'passed' }), runOf(1, { a: 'passed' })] });
  expect(text).toMatch(/^# staging: fit\n/);
  expect(text).toContain('Last green: 1970-01-02T00:00:00.000Z');
  expect(text).toContain('No test changed since 1970-01-01');
});

test('nightly summary: red tests are counted by blame and listed with their first finding', () => {
  const tests = [redTest('greets', 'welcome-missing'), redTest('signs in', 'token-refused'), endedTest()];
  const text = nightlySummary({ ...report, isFit: false, tests });
  expect(text).toContain('# staging: not fit');
  expect(text).toContain('| product | 1 | developers of the backend |');
  expect(text).toContain('| auth | 1 | keepers of credentials and auth service |');
  expect(text).toContain('- greets: welcome [welcome-missing] in phase welcome, blame product');
  expect(text).toContain('Last green: none of 0 recorded runs');
});

test('nightly summary: the problems of a broken run are quoted whole, inside one code block', () => {
  const text = nightlySummary({
    ...report,
    isFit: false,
    tests: [],
    problems: ['One problem.\n1. ``` a secret is missing'],
  });
  expect(text).toContain("```text\nOne problem.\n1. ''' a secret is missing\n```");
});

test('nightly summary: a long list of red tests is cut, and says how many are missing', () => {
  const tests = Array.from({ length: 25 }, (_, index) => redTest(`test ${index}`, 'pong-missing'));
  expect(nightlySummary({ ...report, tests })).toContain('… and 5 more, in the report');
});

test('nightly summary: tests that differ between two runs are regressed, fixed, new or gone', () => {
  const before = runOf(0, { a: 'passed', b: 'failed', c: 'passed', d: 'broken', e: 'failed' });
  const now = runOf(1, { a: 'broken', b: 'passed', d: 'failed', e: 'skipped', f: 'passed' });
  expect(changesBetween(before, now)).toEqual({ regressed: ['a'], fixed: ['b'], added: ['f'], gone: ['c'] });
});

test('nightly summary: a run with a skipped test, or with no test, is not green', () => {
  expect(lastGreen([runOf(0, { a: 'passed', b: 'skipped' }), runOf(1, {})])).toBeUndefined();
});
