import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { AGENT_EVENTS } from '../../src/protocol/agent-events.ts';
import { read } from '../../src/protocol/read.ts';
import { startTwin } from '../../src/twin/twin.ts';
import { opened, question, talkTo } from './twin-talk.ts';

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

test('twin dialogue: an agent answers with the five events of the thread, quotes the prompt and is not canned', async () => {
  await using twin = await startTwin();
  const anna = await talkTo(twin, 'anna0003-user');
  anna.socket.once('open', () => anna.send(question('Where is the money? nonce-abcdefgh', 'thread-7')));
  await anna.got('agent_completed');
  const events = anna.messages().slice(3);
  expect(events.map(({ type }) => type)).toEqual([...AGENT_EVENTS]);
  expect(new Set(events.map((event) => `${String(event['user_id'])} ${String(event['thread_id'])}`))).toEqual(
    new Set(['anna0003-user thread-7']),
  );
  expect(events.at(-1)?.['final_response']).toContain('nonce-abcdefgh');
  for (const reading of anna.texts.map(read)) {
    expect(reading).toMatchObject({ readable: true, message: { timestampMs: expect.any(Number) } });
    expect(reading).not.toMatchObject({ message: { canned: true } });
  }
});

const REQUESTS = [
  { type: 'start_agent', payload: { user_request: 'hello' } },
  { type: 'chat', message: 'hello' },
  { type: 'chat_message', content: 'hello' },
  { type: 'agent_request', query: 'hello' },
  { type: 'execute_agent', content: 'hello' },
];

for (const request of REQUESTS) {
  test(`twin dialogue: ${request.type} starts a run in a thread of its own`, async () => {
    await using twin = await startTwin({ pace: { betweenEventsMs: 0 } });
    const anna = await opened(talkTo(twin, 'anna0004-user'));
    anna.send(request);
    await anna.got('agent_completed');
    const threads = anna
      .messages()
      .slice(3)
      .map((event) => event['thread_id']);
    expect(new Set(threads).size).toBe(1);
    expect(threads[0]).toMatch(/^thread_[0-9a-z]{12}$/);
  });
}

test('twin dialogue: two runs of one connection interleave', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'anna0005-user'));
  anna.send(question('first', 'thread-1'));
  anna.send(question('second', 'thread-2'));
  await anna.got('agent_completed', 2);
  const threads = anna
    .messages()
    .slice(3)
    .map((event) => event['thread_id']);
  expect(threads.filter((thread) => thread === 'thread-1')).toHaveLength(5);
  expect(threads.indexOf('thread-2')).toBeLessThan(threads.lastIndexOf('thread-1'));
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
