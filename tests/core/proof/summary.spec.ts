import { expect, test } from '@playwright/test';
import type { CaseResult } from '../../../src/proof/case-result.ts';
import { totalsOf, totalsText } from '../../../src/proof/summary.ts';

const PROVEN_FAULT: CaseResult = {
  name: 'ignore-ping',
  kind: 'fault',
  tests: 52,
  red: 7,
  fired: 7,
  found: ['heartbeat: pong-missing (product)'],
  missing: [],
  wrongBlame: [],
  unexpected: [],
  diagnosis: { expected: 'FM-55', found: 'FM-55' },
  checks: true,
  lagMs: 0,
};
const PROVEN_VARIANT: CaseResult = {
  ...PROVEN_FAULT,
  name: 'beta-9',
  kind: 'variant',
  red: 0,
  fired: 0,
  found: [],
  diagnosis: { expected: undefined, found: undefined },
};

function textOf(...results: readonly CaseResult[]): readonly string[] {
  return totalsText(totalsOf(results)).split('\n');
}

test('summary: only the kinds of cases that ran are summed up', () => {
  expect(textOf(PROVEN_FAULT)).toEqual([
    'Detected         1 of 1 faults (100.0 %)',
    'Right blame      1 of 1 faults (100.0 %)',
    'Right diagnosis  1 of 1 faults (100.0 %)',
  ]);
  expect(textOf(PROVEN_VARIANT)).toEqual(['False alarms     0 of 1 legitimate cases']);
});

test('summary: a survivor, a wrong diagnosis and a false alarm are counted and named', () => {
  const survivor = { ...PROVEN_FAULT, name: 'pong-late', red: 0, missing: ['heartbeat: pong-late (product)'] };
  const misdiagnosed = { ...PROVEN_FAULT, name: 'stall', diagnosis: { expected: 'FM-63', found: 'FM-64' } };
  const alarm = { ...PROVEN_VARIANT, unexpected: ['welcome: welcome-late (product)'] };
  expect(textOf(survivor, misdiagnosed, alarm)).toEqual([
    'Detected         1 of 2 faults (50.0 %)',
    'Right blame      1 of 2 faults (50.0 %)',
    'Right diagnosis  1 of 2 faults (50.0 %); missed: stall',
    'False alarms     1 of 1 legitimate cases',
    'Not proven       pong-late, beta-9',
  ]);
});
