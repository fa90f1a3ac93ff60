import { expect, test } from '@playwright/test';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { read } from '../../../src/protocol/read.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talkTo } from './talk.ts';

test('twin runs: an agent answers with the five events of the thread, quotes the prompt and is not canned', async () => {
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
  test(`twin runs: ${request.type} starts a run in a thread of its own`, async () => {
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

test('twin runs: two runs of one connection interleave', async () => {
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

test('twin runs: the thread of the payload goes before that of the message', async () => {
  await using twin = await startTwin({ pace: { betweenEventsMs: 0 } });
  const anna = await opened(talkTo(twin, 'anna0006-user'));
  anna.send({ ...question('hello', 'outer'), payload: { content: 'hello', thread_id: 'inner' } });
  await anna.got('agent_completed');
  expect(anna.messages().at(-1)?.['thread_id']).toBe('inner');
});
