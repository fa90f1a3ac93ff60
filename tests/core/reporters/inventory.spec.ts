import { expect, test } from '@playwright/test';
import type { Gate, Inventory } from '../../../src/reporters/inventory.ts';
import { inventoryProblems } from '../../../src/reporters/inventory.ts';
import { redTest, endedTest } from './recorded-tests.ts';

const skipped = endedTest({ outcome: 'not run', status: 'skipped', verdicts: [] });

/** An inventory in which the contract verifies one requirement by so many tests. */
function declaring(tests: number): Inventory {
  return { preflight: {}, contract: { 'welcome:first': tests }, nightly: {} };
}

function problems(gate: Partial<Gate>): string {
  return inventoryProblems({
    tests: [endedTest()],
    inventory: declaring(1),
    projects: ['twin'],
    isWhole: true,
    staleKnownFailures: [],
    ...gate,
  }).join('\n');
}

test('inventory: a run that holds what is declared has no problem', () => {
  expect(problems({})).toBe('');
});

test('inventory: a run without tests, and one that skipped them all, judged nothing, whole or not', () => {
  expect(problems({ tests: [], isWhole: false })).toContain('nothing was judged');
  expect(problems({ tests: [skipped, skipped], isWhole: false })).toContain(
    'all 2 tests were skipped or never started',
  );
});

test('inventory: a declared test that is gone or skipped is a problem that names its requirement and what to do', () => {
  const inventory = declaring(2);
  for (const tests of [[endedTest()], [endedTest(), skipped]]) {
    expect(problems({ tests, inventory })).toContain('twin, welcome:first: expected 2 to run, found 1');
    expect(problems({ tests, inventory })).toContain('npm run inventory -- --write');
  }
});

test('inventory: a red test has run and judged', () => {
  expect(problems({ tests: [redTest('greets', 'welcome-missing')] })).toBe('');
});

test('inventory: tests of another environment do not count', () => {
  expect(problems({ tests: [endedTest({ project: 'staging' })] })).toContain('twin, welcome:first: expected 1');
});

test('inventory: a selection on purpose may hold fewer tests', () => {
  expect(problems({ inventory: declaring(9), isWhole: false })).toBe('');
});

test('inventory: a pass without a verdict is no pass', () => {
  expect(problems({ tests: [endedTest({ verdicts: [] })] })).toContain('expected at least one verdict, found none');
});

test('inventory: behind a preflight that failed the missing tests are no further problem', () => {
  const preflight = { ...redTest('serves a first user', 'tcp-failed'), project: 'twin-preflight' };
  expect(problems({ tests: [preflight, skipped] })).toBe('');
});

test('inventory: behind a preflight that is red and passed, the contract was to run', () => {
  const served = redTest('serves a first user', 'service-unavailable');
  const preflight = { ...served, status: 'passed', project: 'twin-preflight' } as const;
  expect(problems({ tests: [preflight, skipped] })).toContain('fewer tests ran');
});

test('inventory: a stale known failure makes a whole run red', () => {
  expect(problems({ staleKnownFailures: ['it expired'] })).toBe('it expired');
});

test('inventory: each suite of an environment is counted by itself', () => {
  const inventory = { preflight: {}, contract: {}, nightly: { 'reliability:soak': 1 } };
  expect(problems({ inventory, projects: ['twin', 'twin-nightly'] })).toContain(
    'twin-nightly, reliability:soak: expected 1',
  );
  expect(problems({ inventory, projects: ['twin'] })).toBe('');
});
