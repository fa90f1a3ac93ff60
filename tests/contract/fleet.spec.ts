import { expect, fleetParts, test } from '../../fixtures/fleet.ts';
import { verifies } from '../requirements.ts';

for (const part of fleetParts()) {
  const suffix = part.of === 1 ? '' : `, part ${part.current} of ${part.of}`;
  test(
    `serves a whole fleet, every connection judged${suffix}`,
    { ...verifies('users:fleet'), tag: '@fleet' },
    async ({ runFleet }) => {
      expect(await runFleet(part)).toHoldForEveryConnection();
    },
  );
}
