import { expect, test } from '@playwright/test';
import { waitBeforeRetry } from '../../../src/load/execute/user-session.ts';
import type { Fact, History } from '../../../src/history/entry.ts';
import { judgeUser } from '../../../src/load/observe/judge-user.ts';
import { createRecorder } from '../../../src/history/recorder.ts';
import { welcome } from '../../../src/checks/index.ts';
import { mergeHistories } from '../../../src/history/merge-histories.ts';

function historyOf(connection: string, facts: readonly (readonly [number, Fact])[]): History {
  return facts.map(([atMs, fact], index) => ({ index, atMs, connection, ...fact }));
}

const REQUEST: Fact = {
  kind: 'handshake-request',
  url: 'ws://x/ws',
  headers: {},
  offered: [],
  user: 'u',
  credential: 'valid',
};

function refusedWith(status: number, headers: Readonly<Record<string, string>>): History {
  return historyOf('c1', [
    [0, REQUEST],
    [1, { kind: 'handshake-answer', status, headers }],
    [1, { kind: 'refused', because: `HTTP ${status}` }],
  ]);
}

test('fleet back-off: a server that asks to come back later is obeyed, a refusal is not retried', () => {
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '2' }), 1, 0)).toBe(2000);
  expect(waitBeforeRetry(refusedWith(429, { 'retry-after': '2' }), 1, 1)).toBe(3000);
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '99999' }), 1, 0)).toBe(30_000);
  expect(waitBeforeRetry(refusedWith(503, {}), 1, 0)).toBeUndefined();
  expect(waitBeforeRetry(refusedWith(401, { 'retry-after': '2' }), 1, 0)).toBeUndefined();
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '2' }), 4, 0)).toBeUndefined();
});

test('fleet back-off: close code 1013 before a welcome doubles the wait from try to try', () => {
  const closed = historyOf('c1', [
    [0, REQUEST],
    [1, { kind: 'opened', subprotocol: '', localPort: 1 }],
    [2, { kind: 'closed', code: 1013, reason: 'try again later', by: 'them' }],
  ]);
  expect([1, 2, 3].map((tries) => waitBeforeRetry(closed, tries, 0))).toEqual([500, 1000, 2000]);
});

test('merged histories: in order of time, and what refers to an entry is renumbered with it', () => {
  const one = historyOf('c1', [
    [5, { kind: 'opened', subprotocol: '', localPort: 1 }],
    [9, { kind: 'deadline', limit: 'total', waitingFor: 'welcome', afterMs: 4, lastSeen: 0 }],
  ]);
  const other = historyOf('c2', [[7, { kind: 'opened', subprotocol: '', localPort: 2 }]]);
  const { entries, renumbered } = mergeHistories([one, other], 10);
  expect(entries.map(({ index, connection, kind }) => [index, connection, kind])).toEqual([
    [10, 'c1', 'opened'],
    [11, 'c2', 'opened'],
    [12, 'c1', 'deadline'],
  ]);
  expect(entries[2]).toMatchObject({ lastSeen: 10 });
  expect([renumbered(0, 1), renumbered(1, 0), renumbered(1, 1)]).toEqual([12, 11, undefined]);
});

for (const { lateMs, outcome, code, blame } of [
  { lateMs: 900, outcome: 'unverified', code: 'harness-lag', blame: 'harness' },
  { lateMs: 40, outcome: 'failed', code: 'welcome-late', blame: 'product' },
]) {
  test(`fleet judgement: a welcome that is 800 ms late while we were ${lateMs} ms late is ${outcome}`, () => {
    const recorder = createRecorder({ clock: () => 0, redact: (text) => text });
    recorder.record('c1', REQUEST, 0);
    recorder.record('c1', { kind: 'opened', subprotocol: '', localPort: 1 }, 10);
    recorder.recordText('c1', 'received', JSON.stringify({ type: 'welcome', timestamp: 1, user_id: 'u' }), 50, 1810);
    const judged = judgeUser(recorder, [welcome({ welcomeBudgetMs: 1000 })], [{ atMs: 1500, lateMs }]);
    expect(judged.outcome).toBe(outcome);
    expect(judged.findings.map((finding) => [finding.code, finding.blame])).toEqual([[code, blame]]);
  });
}
