import { expect, test } from '@playwright/test';
import { explainFleet, fleetHolds } from '../../../../src/load/present/explain-fleet.ts';
import { fleetResult } from '../../../../src/load/observe/fleet-result.ts';
import { fleetVerdicts } from '../../../../src/load/present/fleet-verdicts.ts';
import type { ShardResult } from '../../../../src/load/observe/fleet-result.ts';
import type { ThreadShare } from '../../../../src/load/execute/share-in-thread.ts';
import { FAULTS } from '../../../../src/twin/catalogue/faults/index.ts';
import { happens } from '../../../../src/twin/behaviour/seeded-random.ts';
import { startTwin } from '../../../../src/twin/twin.ts';
import { findingsByConnection, runOn } from '../run-fleet.ts';

const CONNECTIONS = 48;
const RATE = 0.05;
/** With this seed each kind hits at least one user, and no user is hit by two. */
const SEED = 6;
const FIVE_KINDS = [
  'drop-agent-thinking',
  'repeat-tool-completed',
  'withhold-welcome',
  'ignore-ping',
  'close-1011-after-agent-started',
];
const EXPRESSION = FIVE_KINDS.map((name) => `${name}@${RATE}/user`).join('+');

/** What must be found on each connection, from the seed and the user's name alone. */
function expectedFindings({ users }: Pick<ShardResult, 'users'>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    users.flatMap(({ connection, user }) => {
      const hit = FIVE_KINDS.filter((fault) => happens(RATE, SEED, fault, 'user', user));
      const codes = FAULTS.filter((fault) => hit.includes(fault.name)).flatMap(({ mustFind }) =>
        mustFind.map(({ code }) => code),
      );
      return codes.length === 0 ? [] : [[connection, codes.toSorted()]];
    }),
  );
}

test('a healthy twin serves a whole fleet, and every connection is judged', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const fleet = fleetResult([await runOn(twin, { connections: CONNECTIONS })], 'these shards');
  expect(explainFleet(fleet, 'here')).toBe('');
  expect(fleet.users).toHaveLength(CONNECTIONS);
  expect(new Set(fleet.users.map(({ user }) => user)).size).toBe(CONNECTIONS);
  expect(fleetVerdicts(fleet, (_, index) => index).map(({ holds }) => holds)).not.toContain(false);
});

test('of seeded faulty connections of five kinds exactly those are red, each for its own reason', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const shard = await runOn(twin, { connections: CONNECTIONS });
  const expected = expectedFindings(shard);
  expect(Object.keys(expected).length).toBeGreaterThanOrEqual(FIVE_KINDS.length);
  expect(findingsByConnection(shard.users)).toEqual(expected);
});

test('four merged shards give the same findings as one process with the same seed', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const shards = await Promise.all(
    [1, 2, 3, 4].map((current) => runOn(twin, { connections: CONNECTIONS }, { current, of: 4 })),
  );
  const fleet = fleetResult(shards, 'the whole fleet');
  expect(fleet.users.map(({ number }) => number)).toEqual(Array.from({ length: CONNECTIONS }, (_, number) => number));
  expect(findingsByConnection(fleet.users)).toEqual(expectedFindings(fleet));
});

test('a fleet that is spread over threads gives the same findings as in one thread', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const shard = await runOn(twin, { connections: CONNECTIONS, connectionsPerWorker: 24 }, undefined, {
    mostThreads: 2,
  });
  expect(shard.threads).toBe(2);
  expect(findingsByConnection(shard.users)).toEqual(expectedFindings(shard));
});

test('a thread that dies makes the fleet red, and its connections are named', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const onStarted = (shares: readonly Partial<ThreadShare>[]): void => shares[1]?.kill?.();
  const load = { connections: 20, connectionsPerWorker: 10 };
  const shard = await runOn(twin, load, undefined, { mostThreads: 2, onStarted });
  const fleet = fleetResult([shard], 'these shards');
  expect(fleet.users.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'passed'));
  expect(fleetHolds(fleet)).toBe(false);
  expect(explainFleet(fleet, 'here')).toContain('10 were not judged');
  expect(explainFleet(fleet, 'here')).toContain('c11–c20: its thread ended without a result');
});

test('a missing shard makes the fleet red, and its connections are named', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const first = await runOn(twin, { connections: 6 }, { current: 1, of: 3 });
  const third = await runOn(twin, { connections: 6 }, { current: 3, of: 3 });
  const died = { ...third, finished: false, users: [] };
  const text = explainFleet(fleetResult([first, died], 'the whole fleet'), 'here');
  expect(text).toMatch(
    /^Not verified: fleet of 6 connections: 2 passed, 0 failed, 0 could not be verified, 4 were not/,
  );
  expect(text).toContain('c3–c4: there is no result of shard 2 of 3');
  expect(text).toContain('c5–c6: shard 3 of 3 began and never finished');
});

test('a fleet stops when too many connections fail in a row', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: 'upgrade-500' });
  const load = { connections: 40, stopAfterPercent: 1, handshakesAtOnce: 1 };
  const fleet = fleetResult([await runOn(twin, load)], 'these shards');
  expect(fleet.stopped).toEqual(['5 connections failed in a row (STOP_AFTER_PERCENT is 1); no more were started']);
  expect(fleet.users.length).toBeLessThan(40);
  expect(explainFleet(fleet, 'here')).toMatch(
    /Diagnosis FM-10: the server crashes.*blame product[\s\S]*Next      Ask the backend/,
  );
  expect(fleetHolds(fleet)).toBe(false);
  expect(fleetVerdicts(fleet, (_, index) => index).map(({ holds }) => holds)).not.toContain(true);
});

test('a user that receives the nonce of another user is named with it, whatever shards they are in', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const shards = [
    await runOn(twin, { connections: 2 }, { current: 1, of: 2 }),
    await runOn(twin, { connections: 2 }, { current: 2, of: 2 }),
  ];
  const nonce = shards[0]?.users[0]?.nonces[0] ?? '';
  const leaked = shards.map((shard, position) =>
    position === 0 ? shard : { ...shard, users: shard.users.map((user) => ({ ...user, foreignNonces: [nonce] })) },
  );
  const fleet = fleetResult(leaked, 'the whole fleet');
  expect(findingsByConnection(fleet.users)).toEqual({ c2: ['foreign-nonce'] });
  expect(fleet.users[1]?.findings[0]?.because).toContain(`sent on c1 by ${fleet.users[0]?.user}`);
});
