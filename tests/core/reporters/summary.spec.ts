import { expect, test } from '@playwright/test';
import { changesBetween, lastGreen, nightSummary } from '../../../src/reporters/nights.ts';
import type { RecordedNight } from '../../../src/reporters/nights.ts';
import { redTest, toldTest } from './recorded-tests.ts';

const NIGHT_MS = 86_400_000;

/** A night `day` days after the first, with the status of each test. */
function night(day: number, statuses: Readonly<Record<string, string>>): RecordedNight {
  const tests = Object.entries(statuses).map(([title, status]) => [title, { title, status }] as const);
  return { name: 'x', atMs: day * NIGHT_MS, tests: new Map(tests) };
}

const report = { projects: ['staging'], isFit: true, tests: [toldTest()], problems: [], nights: [] };

test('night summary: a good night is fit, and says when everything was green last', () => {
  const text = nightSummary({ ...report, nights: [night(0, { a: 'passed' }), night(1, { a: 'passed' })] });
  expect(text).toMatch(/^# staging: fit\n/);
  expect(text).toContain('Last green: 1970-01-02T00:00:00.000Z');
  expect(text).toContain('No test changed since 1970-01-01');
});

test('night summary: red tests are counted by blame and told with their first finding', () => {
  const tests = [redTest('greets', 'welcome-missing'), redTest('signs in', 'token-refused'), toldTest()];
  const text = nightSummary({ ...report, isFit: false, tests });
  expect(text).toContain('# staging: not fit');
  expect(text).toContain('| product | 1 | developers of the backend |');
  expect(text).toContain('| auth | 1 | keepers of credentials and auth service |');
  expect(text).toContain('- greets: welcome [welcome-missing] in phase welcome, blame product');
  expect(text).toContain('Last green: none of 0 recorded nights');
});

test('night summary: a broken run is told whole, and cannot leave its block', () => {
  const text = nightSummary({
    ...report,
    isFit: false,
    tests: [],
    problems: ['One problem.\n1. ``` a secret is missing'],
  });
  expect(text).toContain("```text\nOne problem.\n1. ''' a secret is missing\n```");
});

test('night summary: many red tests are cut, and the cut is said', () => {
  const tests = Array.from({ length: 25 }, (_, index) => redTest(`test ${index}`, 'pong-missing'));
  expect(nightSummary({ ...report, tests })).toContain('… and 5 more, in the report');
});

test('night summary: changes between two nights are regressed, fixed, new and gone', () => {
  const before = night(0, { a: 'passed', b: 'failed', c: 'passed', d: 'broken', e: 'failed' });
  const now = night(1, { a: 'broken', b: 'passed', d: 'failed', e: 'skipped', f: 'passed' });
  expect(changesBetween(before, now)).toEqual({ regressed: ['a'], fixed: ['b'], added: ['f'], gone: ['c'] });
});

test('night summary: a night with a skipped test, or with none, is not green', () => {
  expect(lastGreen([night(0, { a: 'passed', b: 'skipped' }), night(1, {})])).toBeUndefined();
});
