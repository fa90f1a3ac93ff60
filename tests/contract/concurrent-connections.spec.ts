import pLimit from 'p-limit';
import { expect, test } from '../../fixtures/index.ts';
import { agentRun, fanOut, handshake, heartbeat, isolation, welcome } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test('serves many users at once', verifies('users:served-together'), async ({ connect, history, settings }) => {
  const atOnce = pLimit(settings.fleet.handshakesAtOnce);
  const clients = await atOnce.map(Array.from({ length: settings.connections }), () => connect());
  await Promise.all(
    clients.map(async (client) => {
      await client.welcomed();
      await client.ping();
      client.ask(settings.prompt);
      await client.settled();
    }),
  );
  expect(history).toSatisfy(handshake(), welcome(settings.budgets), heartbeat(settings.budgets), agentRun(settings));
});

test('keeps the events of many users apart', verifies('users:isolated'), async ({ connect, history, settings }) => {
  const atOnce = pLimit(settings.fleet.handshakesAtOnce);
  const clients = await atOnce.map(Array.from({ length: settings.connections }), () => connect());
  await Promise.all(clients.map((client) => client.welcomed()));
  for (const client of clients) client.ask(settings.prompt);
  await Promise.all(clients.map((client) => client.settled()));
  expect(history).toSatisfy(isolation(), agentRun(settings));
});

test(
  'delivers the events of a user to every socket of the user',
  verifies('users:every-socket'),
  async ({ connect, nextIdentity, history, settings }) => {
    const identity = await nextIdentity();
    const [asking, watching] = [await connect({ identity }), await connect({ identity })];
    await Promise.all([asking.welcomed(), watching.welcomed()]);
    asking.ask(settings.prompt);
    await asking.settled();
    await watching.quiet();
    expect(history).toSatisfy(agentRun(settings), fanOut());
  },
);
