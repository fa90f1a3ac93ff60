import { expect, test } from '@playwright/test';
import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import type { ViolationCode } from '../../../src/checks/findings.ts';
import { conversationChecks, refuses } from '../../../src/checks/index.ts';
import { judge, judgement } from '../../../src/checks/judgement.ts';
import { diagnose } from '../../../src/failures/diagnosis.ts';
import type { Diagnosis } from '../../../src/failures/diagnosis.ts';
import { SIGNATURES } from '../../../src/failures/signatures/index.ts';
import { AFTERWARDS } from '../../../src/history/probe-names.ts';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { diagnosisMarkdown } from '../../../src/report/diagnosis-markdown.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { closesEarly, connectionsOfAges, diagnosisOf, failsAtStage } from './diagnosed-history.ts';

/** The diagnosis of a check that found these violations, of no connection. */
function ofCodes(...codes: readonly ViolationCode[]): Diagnosis | undefined {
  const judging = judgement('invented', 'what this test invents');
  for (const code of codes) {
    judging.violated({ code, expected: 'it', found: 'another', because: `${code} is found`, entries: [] });
  }
  return diagnose([], [judging.verdict('')]);
}

const EARLIER = [
  { later: 'upgrade-redirected', earlier: 'health-failed', signature: 'FM-13', phase: 'http' },
  { later: 'upgrade-redirected', earlier: 'bad-token-accepted', signature: 'bad-token-accepted', phase: 'auth' },
  { later: 'event-missing', earlier: 'pong-late', signature: 'pong-late', phase: 'ping' },
] as const;

for (const { later, earlier, signature, phase } of EARLIER) {
  test(`of ${later} and ${earlier}, equally specific, the one in the phase ${phase} is the diagnosis`, () => {
    expect(ofCodes(later, earlier)).toMatchObject({ signature, phase });
    expect(ofCodes(earlier, later)).toMatchObject({ signature, phase });
  });
}

test('of two failures of connections, equally specific, the earlier phase wins and the other is an alternative', () => {
  const diagnosis = diagnosisOf((fake) => {
    fake.socket('c1').ready().runs('r1').event('r1', 'agent_started').deadline('run r1');
    closesEarly(fake, 1011, 'Internal error', 'c2');
  });
  expect(diagnosis?.signature).toBe('FM-22');
  expect(diagnosis?.alternatives).toContain('FM-54');
});

test('a diagnosis of one finding is its signature, whole, without a recurrence', () => {
  const signature = SIGNATURES.find(({ id }) => id === 'FM-09');
  expect(ofCodes('route-missing')).toStrictEqual({
    signature: 'FM-09',
    title: signature?.title,
    phase: 'upgrade',
    blame: signature?.blame,
    rule: signature?.rule,
    measured: ['route-missing is found', 'health at the time: not asked in this test'],
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

test('there is no diagnosis while every verdict holds', () => {
  expect(
    diagnosisOf((fake) => void fake.socket('c1').ready().runs('r1').fiveEvents('r1').closed(1000, '', 'us')),
  ).toBeUndefined();
});

test('it is measured how often a failure came, after what is measured of the first connection', () => {
  const measured = diagnosisOf((fake) => connectionsOfAges(fake, [60, 60], { reason: 'Internal error' }))?.measured;
  expect(measured?.at(0)).toBe('c1 got as far as this: the connection was accepted');
  expect(measured?.slice(-2)).toEqual([
    '2 of 2 connections (100 %), times to the end 0 ms apart: too few to tell',
    'health at the time: not asked in this test',
  ]);
});

const RETRIED = 'GET /api/threads → HTTP 200, no body, in 1 ms';

const ENDS: readonly {
  readonly end: string;
  readonly happens: (socket: FakeConnection) => unknown;
  readonly measured: readonly string[];
}[] = [
  { end: 'was refused', happens: (socket) => socket.asks().refused(403), measured: [RETRIED] },
  { end: 'closed before its welcome', happens: (socket) => socket.asks().opens().closed(1011), measured: [RETRIED] },
  { end: 'was welcomed', happens: (socket) => socket.ready().runs('r1').deadline('run r1'), measured: [] },
];

for (const { end, happens, measured } of ENDS) {
  test(`the probes after a test are ${measured.length > 0 ? '' : 'not '}measured of a connection that ${end}`, () => {
    const diagnosis = diagnosisOf((fake) => {
      happens(fake.socket('c1'));
      fake.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200, body: '' });
    });
    expect(diagnosis?.measured.filter((line) => line === RETRIED)).toEqual(measured);
  });
}

test('the probe that shows a failure is measured, and the probes after the test are not where no connection failed', () => {
  const diagnosis = diagnosisOf((fake) => {
    failsAtStage(fake, 'tls', 'certificate expired');
    fake.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200, body: '' });
  });
  expect(diagnosis?.measured).toEqual([
    'stage tls, staging: certificate expired',
    'staging → certificate expired, in 1 ms',
    'health at the time: not asked in this test',
  ]);
});

test('of a refused connection without a finding of its own, what is measured of every connection is measured', () => {
  expect(diagnosisOf((fake) => void fake.socket('c1').asks().refused(403))).toMatchObject({
    signature: 'refused-403',
    measured: [
      'c1 got as far as this: the upgrade request was answered with HTTP 403',
      'c1 was answered with HTTP 403 after 10 ms, no body',
      'health at the time: not asked in this test',
    ],
  });
});

const CHECKS = [refuses(), ...conversationChecks({ budgets: BUDGETS, order: 'grammar' })];

/** Everything that can happen on a socket, in any order. */
const HAPPENINGS: readonly ((socket: FakeConnection) => unknown)[] = [
  (socket) => socket.asks(),
  (socket) => socket.asks('expired'),
  (socket) => socket.opens(),
  (socket) => socket.refused(403, 'Forbidden'),
  (socket) => socket.refused(503),
  (socket) => socket.fact({ kind: 'refused', code: 'ECONNRESET', because: 'socket hang up' }),
  (socket) => socket.welcomed(),
  (socket) => socket.welcomed('demo-user-001'),
  (socket) => socket.sends({ type: 'ping', timestamp: 7 }),
  (socket) => socket.receives({ type: 'pong' }),
  (socket) => socket.receives({ type: 'error_message', error_code: 'NO_TOKEN', error_message: 'no token' }),
  (socket) => socket.runs('r1'),
  ...AGENT_EVENTS.map((event) => (socket: FakeConnection) => socket.event('r1', event)),
  (socket) => socket.event('r1', 'agent_error'),
  (socket) => socket.deadline('run r1'),
  (socket) => socket.deadline('pong'),
  (socket) => socket.deadline('welcome'),
  (socket) => socket.quiet(),
  (socket) => socket.closed(1000, '', 'us'),
  ...[1000, 1001, 1006, 1008, 1011, 1013, 4001].map((code) => (socket: FakeConnection) => socket.closed(code)),
];

const happening = tuple(constantFrom('c1', 'c2', 'c3'), nat(HAPPENINGS.length - 1));

test('any history is diagnosed exactly when a verdict does not hold, and never breaks the diagnosis', () => {
  assert(
    property(array(happening, { maxLength: 25 }), (happenings) => {
      const fake = fakeHistory();
      for (const [name, number] of happenings) HAPPENINGS[number]?.(fake.socket(name, 'anna'));
      const verdicts = CHECKS.map((check) => judge(check, fake.history));
      const diagnosis = diagnose(fake.history, verdicts);
      expect(diagnosis !== undefined).toBe(verdicts.some(({ holds }) => holds !== true));
      if (diagnosis === undefined) return;
      expect(diagnosis.alternatives).not.toContain(diagnosis.signature);
      expect(diagnosisMarkdown(diagnosis)).not.toContain('undefined');
    }),
    { numRuns: 300 },
  );
});
