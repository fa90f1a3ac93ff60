import { expect, test } from '../../fixtures/index.ts';
import { agentRun, closing } from '../../src/checks/index.ts';
import { verifies } from '../requirements.ts';

test('answers our close frame with the same code', verifies('closing:answered'), async ({ client, history }) => {
  await client.close();
  expect(history).toSatisfy(closing());
});

test('answers our close frame after a run', verifies('closing:answered'), async ({ client, history, settings }) => {
  client.ask(settings.prompt);
  await client.settled();
  await client.close();
  expect(history).toSatisfy(agentRun(settings), closing());
});

test('leaves a quiet connection open', verifies('closing:by-us-only'), async ({ client, history }) => {
  await client.quiet();
  await client.ping();
  await client.quiet();
  expect(history).toSatisfy(closing());
});
