import { expect, test } from '@playwright/test';
import type { Fact, History } from '../../../../src/history/entry.ts';
import { waitBeforeRetry } from '../../../../src/load/execute/user-session.ts';

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

test('a server that asks to come back later is obeyed, and a refusal is not retried', () => {
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '2' }), 1, 0)).toBe(2000);
  expect(waitBeforeRetry(refusedWith(429, { 'retry-after': '2' }), 1, 1)).toBe(3000);
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '99999' }), 1, 0)).toBe(30_000);
  expect(waitBeforeRetry(refusedWith(503, {}), 1, 0)).toBeUndefined();
  expect(waitBeforeRetry(refusedWith(401, { 'retry-after': '2' }), 1, 0)).toBeUndefined();
  expect(waitBeforeRetry(refusedWith(503, { 'retry-after': '2' }), 4, 0)).toBeUndefined();
});

test('close code 1013 before a welcome doubles the wait from try to try', () => {
  const closed = historyOf('c1', [
    [0, REQUEST],
    [1, { kind: 'opened', subprotocol: '', localPort: 1 }],
    [2, { kind: 'closed', code: 1013, reason: 'try again later', by: 'them' }],
  ]);
  expect([1, 2, 3].map((tries) => waitBeforeRetry(closed, tries, 0))).toEqual([500, 1000, 2000]);
});
