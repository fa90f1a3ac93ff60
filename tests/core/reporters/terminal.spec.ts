import { expect, test } from '@playwright/test';
import {
  bypassNotice,
  closingTables,
  durationOf,
  lineOf,
  lineOfFile,
  paintFor,
} from '../../../src/reporters/terminal-text.ts';
import { outcomeOf } from '../../../src/reporters/test-verdicts.ts';
import { doubted, holding, redTest, endedTest, violated } from './recorded-tests.ts';

const plain = paintFor({}, {});

test('terminal: a line shows outcome, duration, project and title, and of a red test phase, code and blame', () => {
  expect(lineOf(endedTest(), plain)).toBe('✓   212 ms  twin › greets');
  expect(lineOf(redTest('greets', 'welcome-missing'), plain)).toBe(
    '✗   212 ms  twin › greets  welcome [welcome-missing] blame product',
  );
  expect(lineOf(endedTest({ outcome: 'failed', verdicts: [] }), plain)).toContain('failed without a verdict');
});

test('terminal: a retry is shown as such', () => {
  expect(lineOf(endedTest({ retry: 1 }), plain)).toBe('✓   212 ms  twin › greets  (retry 1)');
});

test('terminal: the passed tests of a file share a line', () => {
  const passed = [endedTest({ file: 'tests/core/a.spec.ts' }), endedTest({ file: 'tests/core/a.spec.ts' })];
  expect(lineOfFile(passed, plain)).toBe('✓   424 ms  twin › tests/core/a.spec.ts: 2 tests');
  expect(lineOfFile(passed.slice(1), plain)).toContain(': 1 test');
});

test('terminal: the first finding is that of a violation, whatever was doubted before it', () => {
  const verdicts = [doubted('not-awaited'), violated('pong-missing')];
  expect(lineOf(endedTest({ outcome: 'violated', verdicts }), plain)).toContain('ping [pong-missing] blame product');
});

test('terminal: durations keep their width from milliseconds to minutes', () => {
  expect([4, 212, 3400, 125_000].map(durationOf)).toEqual(['    4 ms', '  212 ms', '   3.4 s', '2 min 5 s']);
});

test('terminal: a bypass of authentication is said with its reason, and only where a verdict shows one', () => {
  expect(bypassNotice([holding(), doubted('auth-bypass-active')])).toContain(
    'Authentication is bypassed on this deployment: ',
  );
  expect(bypassNotice([holding(), doubted('not-asked')])).toBeUndefined();
});

test('terminal: colours only on a terminal or when forced, and never when forbidden', () => {
  const coloured = (isTTY: boolean, env: Readonly<Record<string, string>>): boolean =>
    paintFor({ isTTY }, env)('red', 'x') !== 'x';
  expect(coloured(false, {})).toBe(false);
  expect(coloured(true, {})).toBe(true);
  expect(coloured(false, { FORCE_COLOR: '1' })).toBe(true);
  expect(coloured(true, { NO_COLOR: '1' })).toBe(false);
  expect(coloured(true, { FORCE_COLOR: '0' })).toBe(false);
});

test('terminal: the closing table counts by project, by blame and by latency', () => {
  const latencies = { connect: [1, 2, 300], welcome: [5], pong: [], 'first-event': [], gap: [], run: [] };
  const text = closingTables(
    [endedTest({ latencies }), redTest('pings', 'token-refused'), redTest('greets', 'welcome-late')],
    [],
  );
  expect(text).toMatch(/twin\s+│ 3\s+│ 1\s+│ 2 /);
  expect(text).toMatch(/auth\s+│ 1\s+│ keepers of credentials/);
  expect(text).toMatch(/connect\s+│\s+3 │ 2\.0 ms │\s+300 ms │\s+300 ms/);
  expect(text).not.toContain('pong');
});

test('terminal: an outcome is what the verdicts say, and a known failure is none of them', () => {
  const ended = { status: 'failed', isExpected: false, verdicts: [holding()] } as const;
  expect(outcomeOf({ ...ended, verdicts: [doubted('not-asked'), violated('pong-late')] })).toBe('violated');
  expect(outcomeOf({ ...ended, verdicts: [doubted('not-asked')] })).toBe('not verified');
  expect(outcomeOf(ended)).toBe('failed');
  expect(outcomeOf({ ...ended, isExpected: true })).toBe('known failure');
  expect(outcomeOf({ ...ended, status: 'passed' })).toBe('failed');
  expect(outcomeOf({ ...ended, status: 'passed', isExpected: true })).toBe('passed');
  expect(outcomeOf({ ...ended, status: 'skipped', isExpected: true })).toBe('not run');
  expect(outcomeOf({ ...ended, status: 'interrupted', isExpected: true })).toBe('interrupted');
  const passed = { ...ended, status: 'passed', isExpected: true } as const;
  expect(outcomeOf({ ...passed, verdicts: [holding(), violated('pong-late')] })).toBe('violated');
  expect(outcomeOf({ ...passed, verdicts: [holding(), doubted('harness-lag')] })).toBe('not verified');
});
