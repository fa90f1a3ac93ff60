import { expect, test } from '@playwright/test';
import { startTwin } from '../../../../src/twin/twin.ts';
import { tokenFor } from '../../twin/talk.ts';
import { bareClient } from '../bare-client.ts';

test('product verbs: a run is waited for from its request on, its thread is remembered, stop and restore are answered', async () => {
  await using twin = await startTwin({ pace: { betweenEventsMs: 1 } });
  const { client, history } = await bareClient(twin.websocketUrl, await tokenFor(twin, 'e2e-bare0001-user'));
  client.ask('first');
  expect(await client.begun()).toMatchObject({ by: 'message', entry: { message: { event: 'agent_started' } } });
  await client.settled();
  const asked = history.length;
  client.ask('second');
  expect(await client.begun()).toMatchObject({ by: 'message' });
  expect(await client.stop()).toMatchObject({ by: 'message', entry: { message: { type: 'ack' } } });
  expect(client.lastThread()).toMatch(/^thread_session_/);
  expect(await client.restore(client.lastThread())).toMatchObject({
    by: 'message',
    entry: { message: { type: 'ack' } },
  });
  const begun = history.findIndex(({ kind, index }) => kind === 'received' && index > asked);
  expect(begun).toBeGreaterThan(asked);
  await client.close();
});
