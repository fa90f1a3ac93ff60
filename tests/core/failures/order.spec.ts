import { expect, test } from '@playwright/test';
import type { ViolationCode } from '../../../src/checks/findings.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import type { Verdict } from '../../../src/checks/index.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import { AFTERWARDS } from '../../../src/history/probe-names.ts';
import { SIGNATURES } from '../../../src/failures/signatures/index.ts';
import type { Diagnosis } from '../../../src/failures/diagnosis.ts';
import { closesEarly, diagnosisOf, failsAtStage } from './story.ts';
import type { FakeConnection } from '../histories/fake-history.ts';

/** The verdict of a check that found these violations, of no connection. */
function found(...codes: readonly ViolationCode[]): Verdict {
  const judging = judgement('told', 'what is told');
  for (const code of codes) {
    judging.violated({ code, expected: 'it', found: 'another', because: `${code} is told`, entries: [] });
  }
  return judging.verdict('');
}

function ofCodes(...codes: readonly ViolationCode[]): Diagnosis | undefined {
  return diagnose([], [found(...codes)]);
}

const EARLIER: readonly (readonly [ViolationCode, ViolationCode, string, string])[] = [
  ['upgrade-redirected', 'health-failed', 'FM-13', 'http'],
  ['upgrade-redirected', 'bad-token-accepted', 'bad-token-accepted', 'auth'],
  ['event-missing', 'pong-late', 'pong-late', 'ping'],
];

for (const [later, earlier, signature, phase] of EARLIER) {
  test(`of ${later} and ${earlier}, equally specific, the one in the phase ${phase} is the diagnosis`, () => {
    const expected = { signature, phase };
    expect(ofCodes(later, earlier)).toMatchObject(expected);
    expect(ofCodes(earlier, later)).toMatchObject(expected);
  });
}

test('a diagnosis of one finding is its signature, whole, without a word on recurrence', () => {
  const signature = SIGNATURES.find(({ id }) => id === 'FM-09');
  expect(ofCodes('route-missing')).toStrictEqual({
    signature: 'FM-09',
    title: signature?.title,
    phase: 'upgrade',
    blame: signature?.blame,
    rule: signature?.rule,
    measured: ['route-missing is told', 'health at the time: not asked in this test'],
    candidates: signature?.candidates,
    next: signature?.next,
    alternatives: [],
  });
});

test('alternatives are the other matches, then what looks the same: each once, and nothing that matches anything', () => {
  expect(ofCodes('recovery-missing', 'health-failed')).toMatchObject({
    signature: 'recovery-missing',
    alternatives: ['FM-13', 'FM-72'],
  });
});

test('of many alternatives the six likeliest are named', () => {
  const many = ofCodes(
    'secret-echoed',
    'dns-failed',
    'tcp-failed',
    'tls-failed',
    'token-unavailable',
    'event-missing',
    'pong-late',
    'run-late',
  );
  expect(many?.alternatives).toEqual(['FM-82', 'FM-01', 'FM-02', 'FM-03', 'pong-late', 'event-missing']);
});

test('it is measured how often a failure came, after what is measured of the first connection', () => {
  const measured = diagnosisOf((told) => {
    for (const name of ['c1', 'c2']) closesEarly({ ...told, socket: () => told.socket(name) }, 1011, 'Internal error');
  })?.measured;
  expect(measured?.slice(-2)).toEqual([
    '2 of 2 connections (100 %), times to the end 0 ms apart: too few to tell',
    'health at the time: not asked in this test',
  ]);
});

test('the probe that shows a failure is measured', () => {
  expect(diagnosisOf((told) => failsAtStage(told, 'tls', 'certificate expired'))?.measured).toContain(
    'staging → certificate expired, in 1 ms',
  );
});

const ENDS: readonly (readonly [string, boolean, (c1: FakeConnection) => FakeConnection])[] = [
  ['came to nothing', true, (c1) => c1.asks().refused(403)],
  ['closed before its welcome', true, (c1) => c1.asks().opens().closed(1011)],
  ['was welcomed', false, (c1) => c1.ready().runs('r1').deadline('run r1')],
];

for (const [what, measured, tell] of ENDS) {
  test(`what was tried once more ${measured ? 'is measured' : 'says nothing'} of a connection that ${what}`, () => {
    const diagnosis = diagnosisOf((told) => {
      tell(told.socket('c1'));
      told.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200, body: '' });
    });
    const line = 'GET /api/threads → HTTP 200, no body, in 1 ms';
    expect(diagnosis?.measured.filter((told) => told === line)).toEqual(measured ? [line] : []);
  });
}

test('of a connection that says nothing of itself only what is measured of any is told', () => {
  expect(diagnosisOf((told) => void told.socket('c1').asks().refused(403))).toMatchObject({
    signature: 'refused-403',
    measured: [
      'c1 got as far as this: the upgrade request was answered with HTTP 403',
      'c1 was answered with HTTP 403 after 10 ms, no body',
      'health at the time: not asked in this test',
    ],
  });
});

test('what was tried once more says nothing where no connection failed', () => {
  const diagnosis = diagnosisOf((told) => {
    failsAtStage(told, 'tls', 'certificate expired');
    told.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200, body: '' });
  });
  expect(diagnosis?.measured).toEqual([
    'stage tls, staging: certificate expired',
    'staging → certificate expired, in 1 ms',
    'health at the time: not asked in this test',
  ]);
});

test('signatures have names of their own, and share their looks with others only', () => {
  expect(new Set(SIGNATURES.map(({ id }) => id)).size).toBe(SIGNATURES.length);
  expect(SIGNATURES.filter(({ id, sharesWith = [] }) => sharesWith.includes(id))).toEqual([]);
});
