import { expect, test } from '@playwright/test';
import { isProbeName } from '../../../src/history/probe-names.ts';
import { isWaitGoal, waitGoalLabel } from '../../../src/history/wait-goals.ts';
import type { WaitGoal } from '../../../src/history/wait-goals.ts';
import { SAVED_ENTRY } from '../../../src/report/saved-history.ts';

/** Every key that a saved history may hold, and its words. */
const LABELS: readonly (readonly [WaitGoal, string])[] = [
  ['handshake', 'the answer to the upgrade request'],
  ['welcome', 'the welcome'],
  ['welcome or refusal', 'the welcome or a refusal'],
  ['pong', 'the pong'],
  ['heartbeat_ack', 'the heartbeat_ack'],
  ['pong frame', 'the pong frame'],
  ['close', 'the close frame of the server'],
  ['end of TCP', 'the end of the TCP connection'],
  ['answer to oversize', 'the answer to oversize'],
  ['run nonce-4f', 'the end of run nonce-4f'],
];

for (const [goal, label] of LABELS) {
  test(`a wait for "${goal}" is read from a saved history and shown as "${label}"`, () => {
    const entry = { index: 3, atMs: 5, connection: 'c1', kind: 'deadline', limit: 'gap', waitingFor: goal, afterMs: 9 };
    expect(SAVED_ENTRY.parse(entry)).toEqual(entry);
    expect(waitGoalLabel(goal)).toBe(label);
  });
}

for (const text of ['', 'run', 'run ', 'Welcome', 'answer to nothing', 'toString', 7]) {
  test(`${JSON.stringify(text)} is not what a wait waits for`, () => {
    expect(isWaitGoal(text)).toBe(false);
  });
}

for (const name of ['health', 'token', 'afterwards-rest', 'bypass', 'soak', 'rest-with-expired']) {
  test(`"${name}" is the name of a probe`, () => {
    expect(isProbeName(name)).toBe(true);
  });
}

for (const name of ['', 'rest-with-', 'another', 'toString', undefined]) {
  test(`${JSON.stringify(name)} is not the name of a probe`, () => {
    expect(isProbeName(name)).toBe(false);
  });
}
