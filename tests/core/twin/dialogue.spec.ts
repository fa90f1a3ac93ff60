import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, talkTo } from './talk.ts';

test('twin dialogue: handshake validation, the welcome with the full user id, then at once a ping', async () => {
  await using twin = await startTwin();
  const anna = await talkTo(twin, 'e2e-anna0001-user');
  await anna.got('ping');
  expect(anna.messages().map(({ type }) => type)).toEqual(['handshake_validation', 'system_message', 'ping']);
  expect(anna.messages()[1]).toMatchObject({
    data: {
      event: 'connection_established',
      user_id: 'e2e-anna0001-user',
      connection_id: expect.stringMatching(/^ws_e2e-anna_\d+_[0-9a-f]{8}$/),
      config: { heartbeat_interval: 20, max_message_size: 8192 },
    },
    server_id: null,
    correlation_id: null,
  });
});

test('twin dialogue: every kind of message gets its documented answer', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'e2e-anna0002-user'));
  anna.send({ type: 'ping', timestamp: 1 });
  anna.send({ type: 'heartbeat' });
  anna.send({ type: 'connect' });
  anna.send({ type: 'typing' });
  anna.socket.send('{ not json');
  anna.socket.send('[1]');
  anna.send({ type: 'user_message', content: '' });
  anna.send({ type: 'agent_request', content: 'hello' });
  anna.send({ type: 'broadcast' });
  anna.socket.send(`{"type":"ping","padding":"${'x'.repeat(8192)}"}`);
  anna.send({ type: 'stop_agent' });
  anna.send({ type: 'something_unheard_of' });
  await anna.got('ack', 2);
  expect(anna.messages().slice(3)).toEqual([
    expect.objectContaining({ type: 'pong', data: expect.objectContaining({ user_id: 'e2e-anna0002-user' }) }),
    expect.objectContaining({ type: 'heartbeat_ack', data: expect.objectContaining({ status: 'healthy' }) }),
    expect.objectContaining({ type: 'system_message', data: expect.objectContaining({ status: 'connected' }) }),
    expect.objectContaining({ data: expect.objectContaining({ status: 'typing_acknowledged' }) }),
    expect.objectContaining({ type: 'error_message', error_code: 'FORMAT_ERROR', details: {} }),
    expect.objectContaining({ type: 'ack', received_type: 'stop_agent', status: 'acknowledged' }),
    expect.objectContaining({ type: 'ack', received_type: 'something_unheard_of', status: 'acknowledged' }),
  ]);
});

test('twin dialogue: the server pings again after each heartbeat interval, in both ways', async () => {
  await using twin = await startTwin({ pace: { heartbeatIntervalMs: 20 } });
  const anna = await talkTo(twin, 'e2e-anna0006-user');
  const [payload] = await once(anna.socket, 'ping');
  await anna.got('ping', 3);
  expect(String(payload)).toBe('keep-alive');
});

test('twin dialogue: a close is answered with its own code, and a ping frame with its own payload', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'e2e-anna0007-user'));
  anna.socket.ping('are you there');
  const [payload] = await once(anna.socket, 'pong');
  anna.socket.close(3456, 'enough');
  expect(String(payload)).toBe('are you there');
  expect(await anna.ended).toEqual({ code: 3456, reason: 'enough' });
});

test('twin dialogue: five failed messages in a row end the connection without a close frame, others between them do not', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'e2e-anna0008-user'));
  const failed = ['[1]', '{"type":"user_message","content":""}', '{"type":"agent_request","content":"hello"}', '[2]'];
  for (const text of failed) anna.socket.send(text);
  anna.send({ type: 'ping' });
  await anna.got('pong');
  for (const text of [...failed, '[3]']) anna.socket.send(text);
  expect(await anna.ended).toEqual({ code: 1006, reason: '' });
  expect(anna.messages().slice(3)).toHaveLength(1);
});

test('twin dialogue: the connection of a user whose id has another form ends with 1011 and no frame', async () => {
  await using twin = await startTwin();
  const eve = await talkTo(twin, 'e2e00000-staging-user');
  expect(await eve.ended).toEqual({ code: 1011, reason: 'Internal error' });
  expect(eve.texts).toEqual([]);
});

test('twin dialogue: more sockets of a user than the welcome of beta-9 allows are accepted, and each gets every event', async () => {
  await using twin = await startTwin({ pace: { betweenEventsMs: 0 } });
  const sockets = await Promise.all(Array.from({ length: 5 }, () => opened(talkTo(twin, 'e2e-anna0009-user'))));
  await Promise.all(sockets.map((each) => each.got('ping')));
  sockets[0]?.send({ type: 'user_message', content: 'hello' });
  await Promise.all(sockets.map((each) => each.got('agent_completed', 2)));
  expect(sockets.map(({ messages }) => messages().slice(3).length)).toEqual([9, 9, 9, 9, 9]);
});
