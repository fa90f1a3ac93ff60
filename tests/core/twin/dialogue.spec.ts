import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, talkTo } from './talk.ts';

test('twin dialogue: handshake validation, an immediate ping, then the welcome with the full user id', async () => {
  await using twin = await startTwin();
  const anna = await talkTo(twin, 'anna0001-user');
  await anna.got('system_message');
  expect(anna.messages().map(({ type }) => type)).toEqual(['handshake_validation', 'ping', 'system_message']);
  expect(anna.messages()[2]).toMatchObject({
    data: {
      event: 'connection_established',
      user_id: 'anna0001-user',
      connection_id: expect.stringMatching(/^ws_anna0001_\d+_[0-9a-z]{6}$/),
      config: { heartbeat_interval: 20, max_message_size: 8192 },
    },
    server_id: null,
    correlation_id: null,
  });
});

test('twin dialogue: every kind of message gets its documented answer', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'anna0002-user'));
  anna.send({ type: 'ping', timestamp: 1 });
  anna.send({ type: 'heartbeat' });
  anna.send({ type: 'connect' });
  anna.send({ type: 'typing' });
  anna.socket.send('{ not json');
  anna.socket.send('[1]');
  anna.send({ type: 'broadcast' });
  anna.socket.send(`{"type":"ping","padding":"${'x'.repeat(8192)}"}`);
  anna.send({ type: 'something_unheard_of' });
  await anna.got('ack');
  expect(anna.messages().slice(3)).toEqual([
    expect.objectContaining({ type: 'pong', data: expect.objectContaining({ user_id: 'anna0002-user' }) }),
    expect.objectContaining({ type: 'heartbeat_ack', data: expect.objectContaining({ status: 'healthy' }) }),
    expect.objectContaining({ type: 'system_message', data: expect.objectContaining({ status: 'connected' }) }),
    expect.objectContaining({ data: expect.objectContaining({ status: 'typing_acknowledged' }) }),
    expect.objectContaining({ type: 'error_message', error_code: 'FORMAT_ERROR' }),
    expect.objectContaining({ type: 'error_message', error_code: 'FORMAT_ERROR' }),
    expect.objectContaining({ type: 'ack', received_type: 'something_unheard_of', status: 'acknowledged' }),
  ]);
});

test('twin dialogue: the server pings again after each heartbeat interval, in both ways', async () => {
  await using twin = await startTwin({ pace: { heartbeatIntervalMs: 20 } });
  const anna = await talkTo(twin, 'anna0006-user');
  const [payload] = await once(anna.socket, 'ping');
  await anna.got('ping', 3);
  expect(String(payload)).toBe('keep-alive');
});

test('twin dialogue: a close is answered with its own code, and a ping frame with its own payload', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'anna0007-user'));
  anna.socket.ping('are you there');
  const [payload] = await once(anna.socket, 'pong');
  anna.socket.close(3456, 'enough');
  expect(String(payload)).toBe('are you there');
  expect(await anna.ended).toEqual({ code: 3456, reason: 'enough' });
});
