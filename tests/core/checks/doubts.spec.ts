import { expect, test } from '@playwright/test';
import { judge } from '../../../src/checks/judgement.ts';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { credentialForge } from '../../../src/session/bad-credentials.ts';
import { judgedHistory } from '../../../src/session/judgements.ts';
import { BUDGETS, codesOf } from './codes.ts';
import { fakeHistory } from '../histories/fake-history.ts';

test('doubts: what a refused connection would have shown is not-connected', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(404);
  expect(codesOf(heartbeat(BUDGETS)(history))).toBe('unknown: not-connected');
});

test('doubts: a check that throws is check-crashed', () => {
  const verdict = judge(() => {
    throw new Error('a slip of ours');
  }, []);
  expect(codesOf(verdict)).toBe('unknown: check-crashed');
});

test('doubts: a token that cannot be forged without the secret is secret-needed', async () => {
  const { judgements } = judgedHistory([]);
  const forgeCredential = credentialForge({ jwtSecret: undefined }, judgements);
  await expect(forgeCredential('expired', { userId: 'anna', token: 'a token', source: 'given' })).rejects.toThrow(
    'JWT_SECRET',
  );
  expect(judgements.verdicts().map(codesOf)).toEqual(['unknown: secret-needed']);
});
