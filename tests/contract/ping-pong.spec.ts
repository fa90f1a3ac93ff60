import { expect, test } from '../../fixtures/index.ts';
import { agentRun, heartbeat } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test(
  'answers a ping with one pong',
  { ...verifies('heartbeat:ping'), tag: '@smoke' },
  async ({ client, history, settings }) => {
    await client.ping();
    await client.quiet();
    expect(history).toSatisfy(heartbeat(settings.budgets));
  },
);

test('answers each of several outstanding pings', verifies('heartbeat:ping'), async ({ client, history, settings }) => {
  await Promise.all([client.ping(), client.ping(), client.ping()]);
  await client.quiet();
  expect(history).toSatisfy(heartbeat(settings.budgets));
});

test('acknowledges a heartbeat', verifies('heartbeat:heartbeat'), async ({ client, history, settings }) => {
  await client.heartbeat();
  await client.quiet();
  expect(history).toSatisfy(heartbeat(settings.budgets));
});

test('answers a ping control frame', verifies('heartbeat:control'), async ({ client, history, settings }) => {
  await client.pingFrame();
  expect(history).toSatisfy(heartbeat(settings.budgets));
});

test('answers pings while an agent runs', verifies('heartbeat:ping'), async ({ client, history, settings }) => {
  client.ask(settings.prompt);
  await client.ping();
  await client.settled();
  expect(history).toSatisfy(heartbeat(settings.budgets), agentRun(settings));
});
