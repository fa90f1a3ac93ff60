import { expect, test } from '@playwright/test';
import { handshake, heartbeat, welcome } from '../../../../src/checks/index.ts';
import type { Check } from '../../../../src/checks/verdict.ts';
import { judgement } from '../../../../src/checks/judgement.ts';
import { createRecorder } from '../../../../src/history/recorder.ts';
import { observe, observeOne } from '../../../../src/load/observe/observation.ts';
import { fakeHistory } from '../../histories/fake-history.ts';

const CHECKS = [handshake(), welcome({ welcomeBudgetMs: 500 }), heartbeat({ pongBudgetMs: 500 })];

test('each connection of a history is observed: welcomed, refused, and ended with 1011', () => {
  const { history, socket } = fakeHistory();
  const good = socket('good').ready();
  good.sends({ type: 'ping', timestamp: 5 }).receives({ type: 'pong' }).closed(1000, '', 'us');
  socket('refused').asks().refused(503);
  socket('dead').asks().opens().closed(1011, 'Internal error');
  const [welcomed, refused, dead] = observe(history, CHECKS, 'sample');
  expect(welcomed).toMatchObject({ outcome: 'passed', internalError: false, latenciesMs: { pong: 10 } });
  expect(refused).toMatchObject({ outcome: 'failed', signature: 'service-unavailable, HTTP 503' });
  expect(dead).toMatchObject({ outcome: 'failed', internalError: true, endedAfterMs: 20 });
  expect(dead?.signature).toBe('closed-before-welcome, close 1011 "Internal error"');
});

for (const { purpose, outcome } of [
  { purpose: 'sample', outcome: 'unverified' },
  { purpose: 'verdict', outcome: 'failed' },
] as const) {
  test(`a stage that was missed for many delays of our own is ${outcome} for a ${purpose}`, () => {
    const fake = fakeHistory();
    const late = fake.socket('late').asks();
    fake.lag(400);
    late.fact({ kind: 'deadline', limit: 'total', waitingFor: 'handshake', afterMs: 500 });
    late.fact({ kind: 'refused', because: 'nothing more came', code: 'ETIMEDOUT' });
    const [observed] = observe(fake.history, CHECKS, purpose);
    expect(observed?.outcome).toBe(outcome);
    expect(observed?.findings.map(({ code }) => code)).toContain('tcp-failed');
  });

  test(`a missed deadline that many delays of our own explain is ${outcome} for a ${purpose}`, () => {
    const fake = fakeHistory();
    const late = fake.socket('late').asks().fact({ kind: 'reached', stage: 'connected', found: '192.0.2.1:443' });
    fake.lag(400);
    late.fact({ kind: 'deadline', limit: 'total', waitingFor: 'handshake', afterMs: 500 });
    late.fact({ kind: 'refused', because: 'no answer', code: 'ETIMEDOUT' });
    const [observed] = observe(fake.history, CHECKS, purpose);
    expect(observed?.outcome).toBe(outcome);
    expect(observed?.findings.map(({ code }) => code)).toContain('upgrade-unanswered');
  });
}

for (const { purpose, outcome, codes } of [
  { purpose: 'sample', outcome: 'passed', codes: [] },
  { purpose: 'verdict', outcome: 'unverified', codes: ['not-asked'] },
] as const) {
  test(`a welcomed connection on which nothing was asked is ${outcome} for a ${purpose}`, () => {
    const { history, socket } = fakeHistory();
    socket('c1').ready();
    const [observed] = observe(history, [neverAsked()], purpose);
    expect(observed).toMatchObject({ outcome, findings: codes.map((code) => ({ code, certain: false })) });
  });
}

test('a doubt that only repeats a failure of its connection is left out', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(503);
  const [observed] = observe(history, CHECKS, 'verdict');
  expect(observed?.findings.map(({ code }) => code)).toEqual(['service-unavailable']);
});

for (const { lateMs, outcome, code, blame } of [
  { lateMs: 900, outcome: 'unverified', code: 'harness-lag', blame: 'harness' },
  { lateMs: 40, outcome: 'failed', code: 'welcome-late', blame: 'product' },
]) {
  test(`a welcome that is 800 ms late while we were ${lateMs} ms late is ${outcome}`, () => {
    const recorder = createRecorder({ clock: () => 0, redact: (text) => text });
    const request = { url: 'ws://x/ws', headers: {}, offered: [], user: 'u', credential: 'valid' };
    recorder.record('c1', { kind: 'handshake-request', ...request }, 0);
    recorder.record('c1', { kind: 'opened', subprotocol: '', localPort: 1 }, 10);
    recorder.recordText('c1', 'received', JSON.stringify({ type: 'welcome', timestamp: 1, user_id: 'u' }), 50, 1810);
    const observed = observeOne(recorder, [welcome({ welcomeBudgetMs: 1000 })], 'verdict', [{ atMs: 1500, lateMs }]);
    expect(observed?.outcome).toBe(outcome);
    expect(observed?.findings.map((finding) => [finding.code, finding.blame])).toEqual([[code, blame]]);
  });
}

/** A check that never had anything to judge, of a history with one connection. */
function neverAsked(): Check {
  return () => {
    const judging = judgement('never-asked', 'something is asked');
    judging.doubted({ code: 'not-asked', because: 'nothing was asked', entries: [] });
    return judging.verdict('');
  };
}
