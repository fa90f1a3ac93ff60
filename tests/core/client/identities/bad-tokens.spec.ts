import { expect, test } from '@playwright/test';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { BAD_TOKENS, BAD_TOKEN_KINDS, forge } from '../../../../src/client/identities/bad-tokens.ts';
import type { BadTokenKind } from '../../../../src/client/identities/bad-tokens.ts';
import { mintToken } from '../../../../src/client/identities/mint.ts';

const SECRET = 'a secret of more than thirty-two characters';
const NOW_S = 1_700_000_000;

/** `accepted`, or the code and claim for which a strict verifier refuses the token. */
async function judged(token: string | undefined): Promise<string> {
  if (token === undefined) return 'absent';
  try {
    await jwtVerify(token, new TextEncoder().encode(SECRET), {
      algorithms: ['HS256'],
      issuer: 'netra-auth-service',
      audience: 'netra-platform',
      currentDate: new Date(NOW_S * 1000),
    });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const code = 'code' in error ? String(error.code) : error.name;
    return 'claim' in error ? `${code} ${String(error.claim)}` : code;
  }
}

const VERDICTS: Readonly<Record<BadTokenKind, string>> = {
  'no-token': 'absent',
  malformed: 'ERR_JWS_INVALID',
  'wrong-secret': 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  expired: 'ERR_JWT_EXPIRED exp',
  'not-yet-valid': 'ERR_JWT_CLAIM_VALIDATION_FAILED nbf',
  'alg-none': 'ERR_JOSE_ALG_NOT_ALLOWED',
  'wrong-issuer': 'ERR_JWT_CLAIM_VALIDATION_FAILED iss',
  'wrong-audience': 'ERR_JWT_CLAIM_VALIDATION_FAILED aud',
};

test('identity: the verifier of these tests accepts a good token', async () => {
  expect(await judged(await mintToken({ secret: SECRET, userId: 'ann', nowS: NOW_S }))).toBe('accepted');
});

test('identity: a key that was imported once serves its own secret only', async () => {
  const other = await mintToken({ secret: `another ${SECRET}`, userId: 'ann', nowS: NOW_S });
  expect(await judged(await mintToken({ secret: SECRET, userId: 'ann', nowS: NOW_S }))).toBe('accepted');
  expect(await judged(other)).toBe('ERR_JWS_SIGNATURE_VERIFICATION_FAILED');
});

for (const kind of BAD_TOKEN_KINDS) {
  test(`identity: a bad token of kind ${kind} is refused for what it says`, async () => {
    const forged = await forge(kind, { secret: SECRET, userId: 'ann', nowS: NOW_S });
    expect('token' in forged ? await judged(forged.token) : forged).toBe(VERDICTS[kind]);
    expect(BAD_TOKENS[kind]).toMatch(/\.$/);
  });
}

test('identity: bad tokens about one claim need the real secret, the others do not', async () => {
  const forged = await Promise.all(BAD_TOKEN_KINDS.map((kind) => forge(kind, { userId: 'ann', nowS: NOW_S })));
  const needing = BAD_TOKEN_KINDS.filter((_, index) => 'needs' in (forged[index] ?? {}));
  expect(needing).toEqual(['expired', 'not-yet-valid', 'wrong-issuer', 'wrong-audience']);
});

test('identity: an unsigned token has the header none, the claims of its user and no signature', async () => {
  const forged = await forge('alg-none', { userId: 'ann', nowS: NOW_S });
  const token = 'token' in forged ? (forged.token ?? '') : '';
  expect(token.split('.')[2]).toBe('');
  expect(decodeProtectedHeader(token).alg).toBe('none');
  expect(decodeJwt(token).sub).toBe('ann');
});
