import { expect, test } from '@playwright/test';
import type { Identity, IdentityRefused } from '../../../../src/client/identities/identity.ts';
import { fleetIdentities } from '../../../../src/load/execute/identity-feed.ts';
import type { UserRange } from '../../../../src/load/observe/user-range.ts';
import { WHOLE_FLEET, splitRange } from '../../../../src/load/observe/user-range.ts';

const USERS: UserRange = { first: 950, count: 200 };

const IDENTITIES = fleetIdentities({
  source: { kind: 'mint', secret: 'a-secret-of-some-length-for-the-fleet' },
  users: { pattern: '{uuid}' },
  slot: 0,
  slots: 1,
  shard: WHOLE_FLEET,
  nowS: () => 1_760_000_000,
});

async function taken(range: UserRange, times = range.count): Promise<readonly (Identity | IdentityRefused)[]> {
  const feed = IDENTITIES.of(range);
  return Promise.all(Array.from({ length: times }, () => feed.next()));
}

function userOf(identity: Identity | IdentityRefused): string {
  return 'userId' in identity ? identity.userId : identity.because;
}

test('every virtual user of a fleet is another test user with a token of its own', async () => {
  const identities = await taken(USERS);
  expect(new Set(identities.map(userOf)).size).toBe(USERS.count);
  expect(new Set(identities.map((identity) => ('token' in identity ? identity.token : ''))).size).toBe(USERS.count);
});

test('a virtual user is the same test user, whichever thread runs it', async () => {
  const together = (await taken(USERS)).map(userOf);
  const apart = await Promise.all(splitRange(USERS, 3).map((range) => taken(range)));
  expect(apart.flat().map(userOf)).toEqual(together);
});

test('a fleet has as many identities as virtual users, and one more is an error', async () => {
  await expect(taken({ first: 0, count: 3 }, 4)).rejects.toThrow('all 3 identities of these virtual users are taken');
  await expect(taken({ first: 0, count: 64 }, 65)).rejects.toThrow(
    'all 64 identities of these virtual users are taken',
  );
});
