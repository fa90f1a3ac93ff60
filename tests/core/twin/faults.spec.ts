import { expect, test } from '@playwright/test';
import type { Fault } from '../../../src/twin/catalogue/fault.ts';
import { FAULTS } from '../../../src/twin/catalogue/faults/index.ts';
import type { FaultFiring } from '../../../src/twin/server/journal.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { exercise } from './exercise.ts';

const FAST = {
  settleMs: 2,
  betweenEventsMs: 1,
  heartbeatIntervalMs: 15,
  lateMs: 20,
  crashMs: 1,
  beforeRefusalCloseMs: 0,
};

const HOOKS = ['handshake', 'http', 'opening', 'keepAlive', 'reply', 'run', 'onClose', 'frame', 'audience'] as const;

for (const hook of HOOKS) {
  test(`twin faults: every fault of the hook ${hook} fires, alone, and is in the journal`, async () => {
    const faults = FAULTS.filter((fault) => fault[hook] !== undefined);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) await expectToFire(fault);
  });
}

async function expectToFire(fault: Fault): Promise<void> {
  const { name, profile = 'beta-9' } = fault;
  await using twin = await startTwin({ fault: name, profile, pace: FAST });
  const firing = new Promise<FaultFiring>((resolve) => void twin.onFault(resolve));
  await exercise(twin, fault, firing);
  const { hit, clientPort, atMs } = await firing;
  const entries = twin.journal.entries.filter(({ kind }) => kind === 'fault');
  expect(hit, fault.name).not.toBe('');
  expect(entries[0]).toEqual({ kind: 'fault', name: fault.name, hit, clientPort, atMs });
  expect(new Set(entries.map((entry) => 'name' in entry && entry.name))).toEqual(new Set([fault.name]));
  expect(twin.journal.fired(fault.name)).toBe(entries.length);
}

test('twin faults: every fault has a name of its own, a sentence and, unless it is legitimate, a finding', () => {
  const names = FAULTS.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  const wellDeclared = ({ name, does, hits }: Fault): boolean =>
    /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(name) && /^[A-Z].*\.$/.test(does) && hits !== '';
  expect(FAULTS.filter((fault) => !wellDeclared(fault))).toEqual([]);
  const legitimate = FAULTS.filter(({ mustFind }) => mustFind.length === 0).map(({ name }) => name);
  expect(legitimate).toEqual(['health-degraded']);
});
