import { expect, test } from '@playwright/test';
import { explainFleet, fleetHolds } from '../../../src/load/present/explain-fleet.ts';
import { fleetResult } from '../../../src/load/observe/fleet-result.ts';
import { fleetVerdicts } from '../../../src/load/present/fleet-verdicts.ts';
import type { ShardResult } from '../../../src/load/observe/fleet-result.ts';
import type { ThreadShare } from '../../../src/load/execute/share-in-thread.ts';
import { FAULTS } from '../../../src/twin/catalogue/faults/index.ts';
import { happens } from '../../../src/twin/server/seeded-random.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { findingsByMember, runOn } from './run-fleet.ts';

const CONNECTIONS = 48;
const RATE = 0.05;
/** With this seed each kind hits somebody, and nobody is hit by two. */
const SEED = 6;
const FIVE_KINDS = [
  'drop-agent-thinking',
  'repeat-tool-completed',
  'withhold-welcome',
  'ignore-ping',
  'close-1011-after-agent-started',
];
const EXPRESSION = FIVE_KINDS.map((name) => `${name}@${RATE}/user`).join('+');

/** What each member must be found guilty of, from the seed and the user's name alone. */
function expectedFindings({ members }: Pick<ShardResult, 'members'>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    members.flatMap(({ name, user }) => {
      const hit = FIVE_KINDS.filter((fault) => happens(RATE, SEED, fault, 'user', user));
      const codes = FAULTS.filter((fault) => hit.includes(fault.name)).flatMap(({ mustFind }) =>
        mustFind.map(({ code }) => code),
      );
      return codes.length === 0 ? [] : [[name, codes.toSorted()]];
    }),
  );
}

test('fleet: a healthy twin serves everybody, with every connection judged', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const fleet = fleetResult([await runOn(twin, { connections: CONNECTIONS })], 'these parts');
  expect(explainFleet(fleet, 'here')).toBe('');
  expect(fleet.members).toHaveLength(CONNECTIONS);
  expect(new Set(fleet.members.map(({ user }) => user)).size).toBe(CONNECTIONS);
  expect(fleetVerdicts(fleet, (_, index) => index).map(({ holds }) => holds)).not.toContain(false);
});

test('fleet: of seeded faulty connections of five kinds exactly those are red, each for its own reason', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const part = await runOn(twin, { connections: CONNECTIONS });
  const expected = expectedFindings(part);
  expect(Object.keys(expected).length).toBeGreaterThanOrEqual(FIVE_KINDS.length);
  expect(findingsByMember(part.members)).toEqual(expected);
});

test('fleet: four merged parts say the same as one process with the same seed', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const parts = await Promise.all(
    [1, 2, 3, 4].map((current) => runOn(twin, { connections: CONNECTIONS }, { current, of: 4 })),
  );
  const fleet = fleetResult(parts, 'the whole fleet');
  expect(fleet.members.map(({ number }) => number)).toEqual(Array.from({ length: CONNECTIONS }, (_, number) => number));
  expect(findingsByMember(fleet.members)).toEqual(expectedFindings(fleet));
});

test('fleet: spread over threads it says the same as in one', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: EXPRESSION, seed: SEED });
  const part = await runOn(twin, { connections: CONNECTIONS, connectionsPerWorker: 24 }, undefined, { mostThreads: 2 });
  expect(part.threads).toBe(2);
  expect(findingsByMember(part.members)).toEqual(expectedFindings(part));
});

test('fleet: a thread that dies is red, and names whom nobody judged', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const observe = (slices: readonly Partial<ThreadShare>[]): void => slices[1]?.kill?.();
  const load = { connections: 20, connectionsPerWorker: 10 };
  const part = await runOn(twin, load, undefined, { mostThreads: 2, observe });
  const fleet = fleetResult([part], 'these parts');
  expect(fleet.members.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 10 }, () => 'passed'));
  expect(fleetHolds(fleet)).toBe(false);
  expect(explainFleet(fleet, 'here')).toContain('10 were not judged');
  expect(explainFleet(fleet, 'here')).toContain('c11–c20: its thread ended without a result');
});

test('fleet: a part that is missing is red, and names whom nobody judged', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const first = await runOn(twin, { connections: 6 }, { current: 1, of: 3 });
  const third = await runOn(twin, { connections: 6 }, { current: 3, of: 3 });
  const died = { ...third, finished: false, members: [] };
  const text = explainFleet(fleetResult([first, died], 'the whole fleet'), 'here');
  expect(text).toMatch(
    /^Not verified: fleet of 6 connections: 2 passed, 0 failed, 0 could not be verified, 4 were not/,
  );
  expect(text).toContain('c3–c4: there is no result of part 2 of 3');
  expect(text).toContain('c5–c6: part 3 of 3 began and never finished');
});

test('fleet: it stops when too many fail in a row, and says whom it spared', async () => {
  await using twin = await startTwin({ journal: 'faults', fault: 'upgrade-500' });
  const load = { connections: 40, stopAfterPercent: 1, handshakesAtOnce: 1 };
  const fleet = fleetResult([await runOn(twin, load)], 'these parts');
  expect(fleet.stopped).toEqual(['5 connections failed in a row (STOP_AFTER_PERCENT is 1); no more were started']);
  expect(fleet.members.length).toBeLessThan(40);
  expect(fleetHolds(fleet)).toBe(false);
  expect(fleetVerdicts(fleet, (_, index) => index).map(({ holds }) => holds)).not.toContain(true);
});

test('fleet: one who gets the nonce of another is named with the other, whatever part they are in', async () => {
  await using twin = await startTwin({ journal: 'faults' });
  const parts = [
    await runOn(twin, { connections: 2 }, { current: 1, of: 2 }),
    await runOn(twin, { connections: 2 }, { current: 2, of: 2 }),
  ];
  const nonce = parts[0]?.members[0]?.nonces[0] ?? '';
  const leaked = parts.map((part, position) =>
    position === 0 ? part : { ...part, members: part.members.map((member) => ({ ...member, foreignNonces: [nonce] })) },
  );
  const fleet = fleetResult(leaked, 'the whole fleet');
  expect(findingsByMember(fleet.members)).toEqual({ c2: ['foreign-nonce'] });
  expect(fleet.members[1]?.findings[0]?.because).toContain(`sent on c1 by ${fleet.members[0]?.user}`);
});
