import { expect, test } from '@playwright/test';
import { UnsecuredJWT, decodeJwt, jwtVerify } from 'jose';
import { createIdentities } from '../../../../src/client/identities/identities.ts';
import type { Identities, IdentityOptions } from '../../../../src/client/identities/identity.ts';
import { mintToken } from '../../../../src/client/identities/mint.ts';
import { userUuid } from '../../../../src/client/identities/user-uuid.ts';
import { userNumbers } from '../../../../src/client/identities/worker-shares.ts';
import { isAcceptedUserId } from '../../../../src/protocol/user-ids.ts';

const SECRET = 'a secret of more than thirty-two characters';
const NOW_S = 1_700_000_000;

function identities(options: Partial<IdentityOptions>): Identities {
  return createIdentities({
    source: { kind: 'mint', secret: SECRET },
    users: { pattern: 'e2e-{n}' },
    slot: 0,
    slots: 1,
    nowS: () => NOW_S,
    ...options,
  });
}

async function usersOf(provider: Identities, count: number): Promise<readonly string[]> {
  const given = await Promise.all(Array.from({ length: count }, () => provider.next()));
  return given.map((identity) => ('because' in identity ? identity.because : identity.userId));
}

function givenToken(userId: string, expiresS = NOW_S + 60): string {
  return new UnsecuredJWT({ sub: userId, exp: expiresS }).encode();
}

test('identity: a minted token carries the whole superset of claims', async () => {
  const token = await mintToken({ secret: SECRET, userId: 'ann', nowS: NOW_S + 0.7, jti: 'id-1' });
  const currentDate = new Date(NOW_S * 1000);
  const { payload, protectedHeader } = await jwtVerify(token, new TextEncoder().encode(SECRET), { currentDate });
  expect(protectedHeader).toEqual({ alg: 'HS256', typ: 'JWT' });
  expect(payload).toEqual({
    sub: 'ann',
    email: 'ann@staging.netrasystems.ai',
    permissions: ['read', 'write', 'execute', 'basic_chat', 'agent_access', 'e2e_test'],
    iat: NOW_S,
    exp: NOW_S + 900,
    iss: 'netra-auth-service',
    aud: 'netra-platform',
    jti: 'id-1',
    type: 'access',
    token_type: 'access',
    env: 'staging',
    staging: true,
    e2e_test: true,
    test_environment: 'staging',
  });
});

test('identity: two tokens of one user and one moment differ', async () => {
  const options = { secret: SECRET, userId: 'ann', nowS: NOW_S };
  expect(decodeJwt(await mintToken(options)).jti).not.toBe(decodeJwt(await mintToken(options)).jti);
});

test('identity: every call gives another user, and other users in another lane', async () => {
  const first = await usersOf(identities({ slot: 0, slots: 2 }), 3);
  const second = await usersOf(identities({ slot: 1, slots: 2 }), 3);
  expect(first).toEqual(['e2e-0000', 'e2e-0001', 'e2e-0002']);
  expect(second).toEqual(['e2e-0100', 'e2e-0101', 'e2e-0102']);
  const prefixes = [...first, ...second].map((user) => user.slice(0, 8));
  expect(new Set(prefixes).size).toBe(6);
});

test('identity: a worker that replaces another does not meet its users', async () => {
  expect(await usersOf(identities({ slot: 0, slots: 1, workerIndex: 1 }), 1)).toEqual(['e2e-0100']);
});

test('identity: users of a pattern are never handed out again', async () => {
  const provider = identities({});
  await provider.next();
  provider.recycle();
  expect(await usersOf(provider, 1)).toEqual(['e2e-0001']);
});

test('identity: a list is divided among the slots, and refused when a share is used up', async () => {
  const users = ['ann', 'ben', 'cat', 'dan', 'eve'];
  expect(await usersOf(identities({ users, slot: 0, slots: 2 }), 3)).toEqual(['ann', 'cat', 'eve']);
  const second = identities({ users, slot: 1, slots: 2 });
  const refusal =
    'Test users: expected one more user, but all 2 of this worker are in use (TEST_USERS lists 5 for 2 workers). Add users, use a pattern with {uuid}, or run with --workers=1.';
  expect(await usersOf(second, 4)).toEqual(['ben', 'dan', refusal, refusal]);
  second.recycle();
  expect(await usersOf(second, 1)).toEqual(['ben']);
});

test('identity: a given token names its user', async () => {
  const token = givenToken('ann');
  const provider = identities({ source: { kind: 'given', tokens: [token] } });
  expect(await provider.next()).toEqual({ userId: 'ann', token, source: 'given' });
  expect(await provider.next()).toEqual({
    because:
      'Given tokens: expected one more token, but all 1 of this worker are in use (ACCESS_TOKEN lists 1 for 1 workers). Give more tokens, lower CONNECTIONS, or run with --workers=1.',
  });
});

test('identity: a given token that has ended, has no user or is no token is refused', async () => {
  const nobody = new UnsecuredJWT({}).encode();
  const tokens = [givenToken('ann', NOW_S), nobody, 'opaque'];
  expect(await usersOf(identities({ source: { kind: 'given', tokens } }), 3)).toEqual([
    'Given tokens: expected a token that is still valid, the one of "ann" ended at 2023-11-14T22:13:20.000Z. Get another.',
    "Given tokens: expected the user's id in sub, found none. Use an access token of a user.",
    'Given tokens: expected a JWT in ACCESS_TOKEN, got another text. Copy the whole token.',
  ]);
});

test('identity: numbers of users shift with the start, wrap, and end with their slot', () => {
  const shifted = userNumbers({ slot: 1295, digits: 4, start: 1296 });
  const numbers = Array.from({ length: 1297 }, shifted);
  expect([numbers[0], numbers[1], numbers[1295], numbers[1296]]).toEqual(['0000', '0001', '00zz', undefined]);
  expect(() => userNumbers({ slot: 1296, digits: 4 })).toThrow(
    new RangeError('Slot of user numbers: expected 0 to 1295, got 1296. Pass a worker index.'),
  );
});

test('identity: users of the pattern {uuid} are UUIDs, the same on every machine, and differ within eight characters', async () => {
  const pattern = { users: { pattern: '{uuid}' } };
  const first = await usersOf(identities({ ...pattern, slot: 0, slots: 2 }), 500);
  const second = await usersOf(identities({ ...pattern, slot: 1, slots: 2 }), 500);
  expect(new Set([...first, ...second].map((user) => user.slice(0, 8))).size).toBe(1000);
  expect([...first, ...second].filter((user) => !isAcceptedUserId(user))).toEqual([]);
  expect(await usersOf(identities(pattern), 1)).toEqual([userUuid('00000')]);
  expect(userUuid('00000')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('identity: a renewed token is another one of the same user; a given token stays', async () => {
  const minting = identities({});
  const first = await minting.next();
  const given = identities({ source: { kind: 'given', tokens: [givenToken('ann')] } });
  const only = await given.next();
  if ('because' in first || 'because' in only) throw new Error('expected two identities, got none');
  const renewed = await minting.renew(first);
  expect(renewed).toMatchObject({ userId: first.userId, source: 'minted' });
  expect(renewed).not.toMatchObject({ token: first.token });
  expect(await given.renew(only)).toEqual(only);
});
