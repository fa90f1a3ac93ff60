import { expect, test } from '@playwright/test';
import { credentialForge } from '../../../src/session/bad-credentials.ts';
import { judgedHistory } from '../../../src/session/judgements.ts';
import { codesOf } from '../checks/judges-to.ts';

test('credentials: a token that cannot be forged without the secret is secret-needed', async () => {
  const { judgements } = judgedHistory([]);
  const forgeCredential = credentialForge({ jwtSecret: undefined }, judgements);
  await expect(forgeCredential('expired', { userId: 'anna', token: 'a token', source: 'given' })).rejects.toThrow(
    'JWT_SECRET',
  );
  expect(judgements.verdicts().map(codesOf)).toEqual(['unknown: secret-needed']);
});
