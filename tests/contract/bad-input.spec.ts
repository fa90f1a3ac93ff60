import { expect, test } from '../../fixtures/index.ts';
import { BAD_INPUTS, badInput, heartbeat } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

for (const input of BAD_INPUTS) {
  test(
    `survives ${input} and still answers a ping`,
    verifies('input:survived'),
    async ({ client, history, settings }) => {
      await client.misbehave(input);
      await client.ping();
      expect(history).toSatisfy(badInput(input), heartbeat(settings.budgets));
    },
  );
}
