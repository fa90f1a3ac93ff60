import { expect, test } from '@playwright/test';
import type { Identity, IdentityRefused } from '../../../src/client/identities/identity.ts';
import { fleetIdentities } from '../../../src/load/execute/identity-feed.ts';
import type { UserRange } from '../../../src/load/observe/user-range.ts';
import { WHOLE_FLEET, splitRange } from '../../../src/load/observe/user-range.ts';

const EVERYBODY: UserRange = { first: 950, count: 200 };

const IDENTITIES = fleetIdentities({
  source: { kind: 'mint', secret: 'a-secret-of-some-length-for-the-fleet' },
  users: { pattern: '{uuid}' },
  lane: 0,
  lanes: 1,
  part: WHOLE_FLEET,
  nowS: () => 1_760_000_000,
});

async function taken(span: UserRange, times = span.count): Promise<readonly (Identity | IdentityRefused)[]> {
  const feed = IDENTITIES.of(span);
  return Promise.all(Array.from({ length: times }, () => feed.next()));
}

function userOf(identity: Identity | IdentityRefused): string {
  return 'userId' in identity ? identity.userId : identity.because;
}

test('fleet identities: every member is another user with a token of its own', async () => {
  const identities = await taken(EVERYBODY);
  expect(new Set(identities.map(userOf)).size).toBe(EVERYBODY.count);
  expect(new Set(identities.map((identity) => ('token' in identity ? identity.token : ''))).size).toBe(EVERYBODY.count);
});

test('fleet identities: a member is the same user, whichever thread runs it', async () => {
  const together = (await taken(EVERYBODY)).map(userOf);
  const apart = await Promise.all(splitRange(EVERYBODY, 3).map((span) => taken(span)));
  expect(apart.flat().map(userOf)).toEqual(together);
});

test('fleet identities: there are as many as members, and one more is an error', async () => {
  await expect(taken({ first: 0, count: 3 }, 4)).rejects.toThrow('all 3 identities of these members are taken');
  await expect(taken({ first: 0, count: 64 }, 65)).rejects.toThrow('all 64 identities of these members are taken');
});
