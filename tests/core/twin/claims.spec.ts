import { expect, test } from '@playwright/test';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import { issueToken, keyOf } from '../../../src/twin/handshake/issue-token.ts';
import { createVerifier } from '../../../src/twin/handshake/verify-token.ts';

const NOW_S = 1_757_430_000;
const SECRET = 'a secret of more than thirty-two characters';
const GOOD: JWTPayload = {
  sub: 'e2e-anna0901-user',
  iss: 'netra-auth-service',
  aud: 'netra-platform',
  iat: NOW_S,
  exp: NOW_S + 900,
  jti: 'one',
  token_type: 'access',
};

async function judged(claims: JWTPayload, alg = 'HS256'): Promise<unknown> {
  const verify = createVerifier(await keyOf(SECRET), () => NOW_S * 1000);
  return verify(await new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(SECRET)));
}

const without = (claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(GOOD).filter(([name]) => name !== claim));

test('twin claims: the claims of the auth service are accepted, and what the twin issues itself', async () => {
  expect(await judged(GOOD)).toMatchObject({ valid: true, userId: 'e2e-anna0901-user' });
  const key = await keyOf(SECRET);
  const verify = createVerifier(key, () => NOW_S * 1000);
  const issued = await issueToken(key, { id: 'e2e-bert', email: 'bert@example.test', permissions: [] }, NOW_S * 1000);
  expect(await verify(issued)).toMatchObject({ valid: true, userId: 'e2e-bert' });
});

const ACCEPTED: readonly (readonly [string, JWTPayload])[] = [
  ['issued a minute in the future', { ...GOOD, iat: NOW_S + 60 }],
  ['issued a day ago', { ...GOOD, iat: NOW_S - 86_400 }],
  ['for the backend', { ...GOOD, aud: 'netra-backend' }],
  ['for several, the backend among them', { ...GOOD, aud: ['netra-staging', 'netra-backend'] }],
  ['for nobody in particular', without('aud')],
];

for (const [title, claims] of ACCEPTED) {
  test(`twin claims: a token ${title} is accepted`, async () => {
    expect(await judged(claims)).toMatchObject({ valid: true });
  });
}

const REFUSED: readonly (readonly [string, JWTPayload, string])[] = [
  ...['exp', 'iat', 'sub', 'iss', 'jti', 'token_type'].map(
    (claim) => [`without ${claim}`, without(claim), 'incomplete'] as const,
  ),
  ['with an empty subject', { ...GOOD, sub: '' }, 'incomplete'],
  ['of the type refresh', { ...GOOD, token_type: 'refresh' }, 'incomplete'],
  ['issued more than a minute in the future', { ...GOOD, iat: NOW_S + 61 }, 'not-yet-valid'],
  ['that begins later', { ...GOOD, nbf: NOW_S + 1 }, 'not-yet-valid'],
  ['issued more than a day ago', { ...GOOD, iat: NOW_S - 86_401 }, 'expired'],
  ['that ends now', { ...GOOD, exp: NOW_S }, 'expired'],
  ['of another issuer', { ...GOOD, iss: 'netra' }, 'wrong-issuer'],
  ['for somebody else', { ...GOOD, aud: 'netra-staging' }, 'wrong-audience'],
];

for (const [title, claims, flaw] of REFUSED) {
  test(`twin claims: a token ${title} is ${flaw}`, async () => {
    const claimedUserId = claims.sub ?? '';
    expect(await judged(claims)).toEqual({ valid: false, flaw, claimedUserId });
  });
}

test('twin claims: another algorithm is refused, whatever its signature', async () => {
  expect(await judged(GOOD, 'HS512')).toMatchObject({ valid: false, flaw: 'wrong-algorithm' });
});
