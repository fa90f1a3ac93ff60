import { expect, test } from '@playwright/test';
import { describeGroups, failureGroups } from '../../../src/load/judge/failure-groups.ts';
import { observe } from '../../../src/load/observe/observation.ts';
import { handshake } from '../../../src/checks/handshake.ts';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { welcome } from '../../../src/checks/welcome.ts';
import { INTERNAL_ERROR, attempts, observed } from './observations.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const CHECKS = [handshake(), welcome({ welcomeBudgetMs: 500 }), heartbeat({ pongBudgetMs: 500 })];

test('tells failures that come every time, in one stretch, and now and then apart', () => {
  const all = Array.from({ length: 20 }, (_, n) => n);
  expect(failureGroups(attempts(20, all))).toMatchObject([{ count: 20, recurrence: 'deterministic' }]);
  expect(failureGroups(attempts(20, [4, 5, 6, 7]))).toMatchObject([{ recurrence: 'in one stretch' }]);
  expect(failureGroups(attempts(20, [4, 11]))).toMatchObject([{ recurrence: 'intermittent', rate: 0.1 }]);
});

test('does not call failures deterministic that take very different times', () => {
  const slow = all(20).map((n) => observed(n, { ...INTERNAL_ERROR, endedAfterMs: 50 + n * 40 }));
  expect(failureGroups(slow)).toMatchObject([{ recurrence: 'always, at varying times' }]);
});

test('groups failures by signature, the most frequent first, with rate and time spread', () => {
  const refused = { outcome: 'failed', signature: 'token-refused, HTTP 403', endedAfterMs: 9 } as const;
  const [first, second] = failureGroups(
    all(100).map((n) => observed(n, n % 20 === 0 ? INTERNAL_ERROR : n === 50 ? refused : {})),
  );
  expect(first).toMatchObject({ count: 5, tried: 100, firstAtMs: 0, lastAtMs: 8000, ages: { least: 65, most: 65 } });
  expect(second).toMatchObject({ count: 1, connections: ['c50'] });
  expect(describeGroups([first, second].flatMap((group) => group ?? []))).toContain(
    'close 1011 "Internal error": 5 of 100 (5.0 %; between 1.6 % and 11.3 %), intermittent, 65 ms after the upgrade request, from 0.0 to 8.0 s into the run',
  );
});

test('observes each connection of a history: welcomed, refused, and ended with 1011', () => {
  const told = fakeHistory();
  const good = told.socket('good').ready();
  good.says({ type: 'ping', timestamp: 5 }).hears({ type: 'pong' }).closed(1000, '', 'us');
  told.socket('refused').asks().refused(503);
  told.socket('dead').asks().opens().closed(1011, 'Internal error');
  const [welcomed, refused, dead] = observe(told.history, CHECKS);
  expect(welcomed).toMatchObject({ outcome: 'succeeded', internalError: false, latenciesMs: { pong: 10 } });
  expect(refused).toMatchObject({ outcome: 'failed', signature: 'service-unavailable, HTTP 503' });
  expect(dead).toMatchObject({ outcome: 'failed', internalError: true, endedAfterMs: 20 });
  expect(dead?.signature).toBe('closed-before-welcome, close 1011 "Internal error"');
});

test('takes a miss that our own delay explains neither for a failure nor for a success', () => {
  const told = fakeHistory();
  const late = told.socket('late').asks();
  told.lag(400);
  late.fact({ kind: 'deadline', limit: 'total', waitingFor: 'handshake', afterMs: 500 });
  late.fact({ kind: 'refused', because: 'no answer', code: 'ETIMEDOUT' });
  expect(observe(told.history, CHECKS)).toMatchObject([{ outcome: 'unverified', codes: ['upgrade-unanswered'] }]);
});

function all(count: number): readonly number[] {
  return Array.from({ length: count }, (_, n) => n);
}
