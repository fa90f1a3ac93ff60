import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { read } from '../../../src/protocol/read.ts';
import type { JsonObject } from '../../../src/protocol/fields.ts';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talkTo, tokenFor } from './talk.ts';

const PROMPT = 'Where is the money? nonce-abcdefgh';
const ISO = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
const EPOCH_SECONDS = expect.any(Number);

/** The fields that the events of the supervisor have in common (observed on beta-9). */
function bySupervisor(type: string, runId: unknown, payload: JsonObject): JsonObject {
  return { type, run_id: runId, agent_name: 'supervisor', timestamp: ISO, payload };
}

test('twin runs: a run on a new thread is the nine messages of beta-9', async () => {
  await using twin = await startTwin();
  const anna = await talkTo(twin, 'e2e-anna0003-user');
  anna.socket.once('open', () => anna.send(question(PROMPT, 'thread-7')));
  await anna.got('agent_completed', 2);
  const events = anna.messages().slice(3);
  const thread = threadsIn(events)[0];
  const runId = expect.stringMatching(new RegExp(`^run_${String(thread)}_\\d+_[0-9a-f]{8}$`));
  const answer = `Three drivers for: ${PROMPT}`;
  expect(thread).toMatch(/^thread_session_\d+_[0-9a-f]{8}$/);
  expect(events).toEqual([
    { type: 'thread_created', payload: { thread_id: thread, timestamp: EPOCH_SECONDS } },
    {
      type: 'agent_started',
      payload: { run_id: runId, agent_name: 'netra-assistant', thread_id: thread, timestamp: EPOCH_SECONDS },
    },
    { type: 'agent_started', payload: { thread_id: thread, run_id: runId } },
    bySupervisor('agent_started', runId, {
      status: 'started',
      context: { user_query: PROMPT },
      message: 'supervisor has started processing your request',
    }),
    bySupervisor('agent_thinking', runId, {
      reasoning: 'Looking at costs',
      step_number: 1,
      progress_percentage: null,
      status: 'thinking',
    }),
    bySupervisor('tool_executing', runId, {
      tool_name: 'cost_analysis',
      parameters: { days: 30 },
      status: 'executing',
      message: 'supervisor is using cost_analysis',
    }),
    bySupervisor('tool_completed', runId, {
      tool_name: 'cost_analysis',
      result: { rows: 3 },
      execution_time_ms: 12.5,
      status: 'completed',
      message: 'supervisor completed cost_analysis',
    }),
    bySupervisor('agent_completed', runId, {
      status: 'completed',
      result: { final_response: answer },
      execution_time_ms: 900,
      message: 'supervisor has completed processing your request',
    }),
    {
      type: 'agent_completed',
      payload: {
        supervisor_result: 'completed',
        orchestration_successful: true,
        user_isolation_verified: true,
        results: { answer },
        user_id: 'e2e-anna0003-user',
        run_id: runId,
      },
    },
  ]);
  for (const reading of anna.texts.map(read)) expect(reading).not.toMatchObject({ message: { canned: true } });
});

test('twin runs: the emitter sends five events with everything in data, and no end of the run itself', async () => {
  await using twin = await startTwin({ profile: 'beta-9/emitter', pace: { betweenEventsMs: 0 } });
  const anna = await opened(talkTo(twin, 'e2e-anna0010-user'));
  anna.send(question(PROMPT, 'thread-7'));
  await anna.got('agent_completed');
  const events = anna.messages().slice(3);
  expect(events).toHaveLength(7);
  expect(events.at(-1)).toEqual({
    type: 'agent_completed',
    timestamp: expect.stringMatching(/^[^Z+]+$/),
    critical: true,
    user_context: { user_id: 'e2e-anna0010-user', request_id: expect.any(String) },
    data: {
      agent_name: 'supervisor',
      metadata: { final_response: `Three drivers for: ${PROMPT}`, execution_time_ms: 900 },
      status: 'completed',
      timestamp: EPOCH_SECONDS,
      run_id: expect.stringMatching(/^run_thread_session_/),
      thread_id: threadsIn(events)[0],
      request_id: expect.any(String),
    },
  });
});

const REQUESTS = [
  { type: 'start_agent', payload: { user_request: 'hello' } },
  { type: 'chat', message: 'hello' },
  { type: 'chat_message', content: 'hello' },
  { type: 'execute_agent', user_request: 'hello' },
];

for (const request of REQUESTS) {
  test(`twin runs: ${request.type} starts a run in a thread of its own`, async () => {
    await using twin = await startTwin({ pace: { betweenEventsMs: 0 } });
    const anna = await opened(talkTo(twin, 'e2e-anna0004-user'));
    anna.send(request);
    await anna.got('agent_completed', 2);
    expect(threadsIn(anna.messages())).toEqual([expect.stringMatching(/^thread_session_/)]);
  });
}

test('twin runs: two runs of one connection come one after the other, and a ping is answered after them', async () => {
  await using twin = await startTwin();
  const anna = await opened(talkTo(twin, 'e2e-anna0005-user'));
  anna.send(question('first', 'thread-1'));
  anna.send(question('second', 'thread-2'));
  anna.send({ type: 'ping' });
  await anna.got('pong');
  const types = anna
    .messages()
    .slice(3)
    .map(({ type }) => type);
  expect(types.flatMap((type, at) => (type === 'thread_created' ? [at] : []))).toEqual([0, 9]);
  expect(types.at(-1)).toBe('pong');
  expect(types).toHaveLength(19);
});

const CREATED = z.object({ id: z.string() });

test('twin runs: a thread that the user made or was told of is honoured, that of another user is not', async () => {
  await using twin = await startTwin({ pace: { betweenEventsMs: 0 } });
  const headers = { authorization: `Bearer ${await tokenFor(twin, 'e2e-anna0006-user')}` };
  const answer = await fetch(`${twin.url}/api/threads`, { method: 'POST', headers });
  const { id } = CREATED.parse(await answer.json());
  const threads: (readonly unknown[])[] = [];
  for (const user of ['e2e-anna0006-user', 'e2e-bert0006-user']) {
    const talking = await opened(talkTo(twin, user));
    talking.send({ ...question('hello', 'outer'), payload: { content: 'hello', thread_id: id } });
    await talking.got('agent_completed', 2);
    const [announced = id] = threadsIn(talking.messages());
    talking.send(question('again', String(announced)));
    await talking.got('agent_completed', 4);
    threads.push(threadsIn(talking.messages()));
  }
  expect(threads).toEqual([[], [expect.stringMatching(/^thread_session_/)]]);
});

/** The threads that are announced. */
function threadsIn(messages: readonly JsonObject[]): readonly unknown[] {
  const announced = z.object({ type: z.literal('thread_created'), payload: z.object({ thread_id: z.string() }) });
  return messages.flatMap((message) => {
    const read = announced.safeParse(message);
    return read.success ? [read.data.payload.thread_id] : [];
  });
}
