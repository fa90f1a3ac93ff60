import { expect, test } from '@playwright/test';
import { VIOLATIONS } from '../../../src/checks/findings.ts';
import type { ViolationCode } from '../../../src/checks/findings.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { SIGNATURES, SIGNATURE_IDS } from '../../../src/failures/signatures/index.ts';
import { WITHOUT_SIGNATURE } from '../../../src/failures/signatures/without-signature.ts';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { ALL_FAULTS } from '../../../src/twin/catalogue/faults/index.ts';
import { diagnosisOf, testDiagnoses } from './diagnosed-history.ts';
import { HISTORIES } from './histories/index.ts';

const LAST_ROW = 82;

for (const { id, title, specificity, blame } of SIGNATURES) {
  test(`diagnosis ${id}: ${title}`, () => {
    const history = HISTORIES[id];
    if (history === undefined) {
      throw new Error(
        `Expected a history that shows ${id}, found none. Add one under '${id}' to a file of tests/core/failures/histories.`,
      );
    }
    const diagnosis = diagnosisOf(history);
    const recognised = [diagnosis?.signature, ...(specificity === 'family' ? (diagnosis?.alternatives ?? []) : [])];
    expect(recognised, `the history of ${id} in tests/core/failures/histories is recognised`).toContain(id);
    expect(diagnosis?.blame).toBe(diagnosis?.signature === id ? blame : diagnosis?.blame);
    expect(diagnosis?.measured.length).toBeGreaterThan(0);
  });
}

testDiagnoses([
  {
    when: 'a bad token is accepted before any good one, and again after it',
    history: (fake) => {
      fake.socket('c1').asks('expired').opens().welcomed();
      fake.socket('c2').ready();
      fake.socket('c3').asks('expired').opens().welcomed();
    },
    signature: 'bad-token-accepted',
  },
  {
    when: 'an event comes after the end, and not before it',
    history: (fake) => {
      const socket = fake.socket('c1').ready().runs('r1');
      for (const event of AGENT_EVENTS) if (event !== 'tool_completed') socket.event('r1', event);
      socket.event('r1', 'tool_completed').quiet();
    },
    signature: 'FM-56',
  },
]);

test('signatures have names of their own, and look like others only', () => {
  expect(new Set(SIGNATURE_IDS).size).toBe(SIGNATURES.length);
  expect(SIGNATURES.filter(({ id, sharesWith = [] }) => sharesWith.some((other) => other === id))).toEqual([]);
});

test('every row of the failure notes is a signature, or stands among those without one', () => {
  const rows = Array.from({ length: LAST_ROW }, (_, row) => `FM-${String(row + 1).padStart(2, '0')}`);
  const known: readonly string[] = [...SIGNATURE_IDS, ...WITHOUT_SIGNATURE.map(({ id }) => id)];
  expect(rows.filter((row) => !known.includes(row))).toEqual([]);
});

test('every fault that breaks something expects a diagnosis that exists', () => {
  const ids: readonly (string | undefined)[] = SIGNATURE_IDS;
  const wrong = ALL_FAULTS.filter(({ mustFind, diagnosis }) => mustFind.length > 0 && !ids.includes(diagnosis));
  expect(wrong.map(({ name, diagnosis }) => `${name}: ${diagnosis}`)).toEqual([]);
});

/** Findings that signatures tell apart by how their connection ended, which only a history shows. */
const NEED_THEIR_CONNECTION: readonly string[] = [
  'service-unavailable',
  'refused-by-proxy',
  'upgrade-forbidden',
  'token-refused',
  'subprotocol-invalid',
  'closed-before-welcome',
  'run-unanswered',
  'run-cut-short',
  'closed-by-server',
  'closed-uncleanly',
];

test('every violation is diagnosed by its code alone, unless it needs its connection', () => {
  const unclassified = Object.keys(VIOLATIONS).filter(
    (code) => isViolation(code) && diagnosisOfCode(code) === 'unclassified',
  );
  expect(
    unclassified.filter((code) => !NEED_THEIR_CONNECTION.includes(code)),
    'codes that no row of src/failures/signatures recognises: add each to the `codes` of a row',
  ).toEqual([]);
});

function diagnosisOfCode(code: ViolationCode): string | undefined {
  const judging = judgement('invented', 'what this test invents');
  judging.violated({ code, expected: 'it', found: 'another', because: 'this test invents it', entries: [] });
  return diagnose([], [judging.verdict('')])?.signature;
}

function isViolation(code: string): code is ViolationCode {
  return Object.hasOwn(VIOLATIONS, code);
}
