import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { CASES } from '../../src/proof/cases.ts';
import { OLD_SUITE } from '../../src/proof/old-suite.ts';
import { DOUBTS, VIOLATIONS } from '../../src/checks/findings.ts';
import { SIGNATURE_IDS } from '../../src/failures/signatures/index.ts';
import { ALL_FAULTS, FAULTS } from '../../src/twin/catalogue/faults/index.ts';
import { PROFILES } from '../../src/twin/catalogue/profiles/index.ts';
import { REQUIREMENTS } from '../requirements.ts';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** The text of every test file below a folder of `tests`. */
function textsIn(folder: string): string {
  return readdirSync(`${TESTS}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(`${TESTS}${folder}/${file}`, 'utf8'))
    .join('\n');
}

test('proof gate: every finding code is provoked by a fault, or by a history written by hand', () => {
  const provoked = new Set(
    [...ALL_FAULTS, ...PROFILES.map(({ leavesOpen = [] }) => ({ mustFind: leavesOpen }))].flatMap(({ mustFind }) =>
      mustFind.map(({ code }) => code),
    ),
  );
  const byHand = textsIn('core') + textsIn('proof');
  const codes = [...Object.keys(VIOLATIONS), ...Object.keys(DOUBTS)];
  expect(
    codes.filter((code) => !provoked.has(code) && !new RegExp(`(?<![\\w-])${code}(?![\\w-])`).test(byHand)),
    'codes that were never seen to occur: add a fault in src/twin/catalogue/faults/, or a history in tests/core/checks/',
  ).toEqual([]);
});

test('proof gate: every fault names a diagnosis that exists', () => {
  const ids: readonly string[] = SIGNATURE_IDS;
  const lacking = FAULTS.filter(({ mustFind, diagnosis }) => mustFind.length > 0 && !ids.includes(diagnosis ?? ''));
  expect(
    lacking.map(({ name, diagnosis }) => `${name}: ${diagnosis ?? 'none'}`),
    'name an id of src/failures/signatures/ as the diagnosis of these faults',
  ).toEqual([]);
});

test('proof gate: there are as many faults and legitimate cases as were promised', () => {
  expect(FAULTS.filter(({ mustFind }) => mustFind.length > 0).length).toBeGreaterThanOrEqual(120);
  expect(PROFILES.length).toBeGreaterThanOrEqual(40);
  for (const named of [FAULTS, PROFILES]) {
    expect(new Set(named.map(({ name }) => name)).size).toBe(named.length);
  }
});

test('proof gate: every defect on which the old suite was measured is a case of ours', () => {
  const names = new Set(CASES.map(({ name }) => name));
  expect(OLD_SUITE.filter(({ ours }) => !names.has(ours))).toEqual([]);
  expect(OLD_SUITE).toHaveLength(24);
});

test('proof gate: every requirement is cited by a test, and every citation exists', () => {
  const cited = new Set(
    ['contract', 'preflight', 'nightly'].flatMap((folder) =>
      [...textsIn(folder).matchAll(/verifies\('([^']+)'\)/g)].map(([, id = '']) => id),
    ),
  );
  expect(
    [...cited].toSorted(),
    'cite each row of tests/requirements.ts by verifies(…) in a spec, and only those',
  ).toEqual(Object.keys(REQUIREMENTS).toSorted());
});
