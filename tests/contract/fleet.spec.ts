import { expect, fleetShards, test } from '../../fixtures/fleet.ts';
import { verifies } from '../requirements.ts';

for (const shard of fleetShards()) {
  const suffix = shard.of === 1 ? '' : `, part ${shard.current} of ${shard.of}`;
  test(
    `serves a whole fleet, every connection judged${suffix}`,
    { ...verifies('users:fleet'), tag: '@fleet' },
    async ({ runFleet }) => {
      expect(await runFleet(shard)).toHoldForEveryConnection();
    },
  );
}
