import { expect, test } from '../../fixtures/index.ts';
import { agentRun, handshake, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'greets a user with one welcome that names the user',
  { ...verifies('welcome:first'), tag: '@smoke' },
  async ({ client, history, settings }) => {
    await client.quiet();
    expect(history).toSatisfy(handshake(), welcome(settings.budgets));
  },
);

test('greets once, before the events of a run', verifies('welcome:first'), async ({ client, history, settings }) => {
  client.ask(settings.prompt);
  await client.settled();
  expect(history).toSatisfy(welcome(settings.budgets), agentRun(settings));
});

test(
  'greets the same user again on a second connection',
  verifies('welcome:first'),
  async ({ connect, nextIdentity, history, settings }) => {
    const identity = await nextIdentity();
    const first = await connect({ identity });
    await first.welcomed();
    await first.close();
    const second = await connect({ identity });
    await second.welcomed();
    await second.quiet();
    expect(history).toSatisfy(handshake(), welcome(settings.budgets));
  },
);
