import { expect, test } from '@playwright/test';
import { judgement } from '../../../src/checks/judgement.ts';
import { evidenceOf } from '../../../src/failures/evidence.ts';
import type { Evidence } from '../../../src/failures/evidence.ts';
import { matchOfSignature, matchOn, onFinding } from '../../../src/failures/signature.ts';
import type { Signature } from '../../../src/failures/signature.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ROW = {
  id: 'late-pong',
  title: 'a pong is late',
  seen: 'A pong after its budget.',
  meaning: 'The server is busy.',
  phase: 'ping',
  blame: 'product',
  rule: 'a pong after its budget',
  specificity: 'finding',
  candidates: [],
  next: [],
} as const;

/** The evidence of a check that found a late pong for each of these reasons, on the connection c1. */
function lateBecause(...reasons: readonly string[]): Evidence {
  const fake = fakeHistory();
  fake.socket('c1').ready();
  fake.probe({ name: 'health', target: 'GET /health', status: 200 });
  const judging = judgement('invented', 'what this test invents');
  for (const because of reasons) {
    judging.violated({ code: 'pong-late', expected: 'it', found: 'another', because, entries: [3], connection: 'c1' });
  }
  const evidence = evidenceOf(fake.history, [judging.verdict('')]);
  if (evidence === undefined) throw new Error('Expected evidence of a verdict that does not hold, got none.');
  return evidence;
}

test('a signature by codes matches findings with one of them, and names their connections and probes', () => {
  const signature: Signature = { ...ROW, codes: ['welcome-late', 'pong-late'] };
  const match = matchOfSignature(signature, lateBecause('it took 9 s'));
  expect(match?.connections.map(({ name }) => name)).toEqual(['c1']);
  expect(match?.probes?.map(({ name }) => name)).toEqual(['health']);
  expect(match?.measured).toEqual(['it took 9 s']);
  expect(matchOfSignature({ ...ROW, codes: ['welcome-late'] }, lateBecause('it took 9 s'))).toBeUndefined();
});

test('a signature by codes counts the findings that it wants only', () => {
  const evidence = lateBecause('it took 9 s', 'it took 8 s');
  const signature: Signature = { ...ROW, codes: ['pong-late'], only: ({ because }) => because.includes('8') };
  expect(matchOfSignature(signature, evidence)?.measured).toEqual(['it took 8 s']);
});

test('a signature with a matcher matches what the matcher finds', () => {
  const signature: Signature = { ...ROW, matches: ({ trusted }) => matchOn(trusted, { phase: 'close' }) };
  expect(matchOfSignature(signature, lateBecause('it took 9 s'))).toMatchObject({ phase: 'close' });
  expect(matchOn([])).toBeUndefined();
});

test('of many findings three sentences are measured, and the rest is counted', () => {
  const measured = (...reasons: readonly string[]) => onFinding(['pong-late'])(lateBecause(...reasons))?.measured;
  expect(measured('a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  expect(measured('a', 'b', 'a', 'c', 'd', 'e')).toEqual(['a', 'b', 'c', 'and 2 more like these']);
});

test('evidence holds each finding once, and none when every verdict holds', () => {
  expect(lateBecause('a', 'a', 'b').findings.map(({ because }) => because)).toEqual(['a', 'b']);
  const judging = judgement('invented', 'what this test invents');
  judging.cite({ index: 0 });
  expect(evidenceOf([], [judging.verdict('it holds')])).toBeUndefined();
});
