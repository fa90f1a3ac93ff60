import { once } from 'node:events';
import { expect, test } from '@playwright/test';
import { startTwin } from '../../../src/twin/twin.ts';
import { opened, question, talkTo } from './talk.ts';

const STARTED = 'agent_started';
const THINKING = 'agent_thinking';
const EXECUTING = 'tool_executing';
const TOOL_DONE = 'tool_completed';
const COMPLETED = 'agent_completed';

const BEGINNING = ['thread-created', 'run-record', 'run-started', STARTED];
const END = 'run-completed';

/** Labels of what the twin sends. */
const RUNS: readonly (readonly [fault: string, labels: readonly string[]])[] = [
  ['drop-agent-thinking', [...BEGINNING, EXECUTING, TOOL_DONE, COMPLETED, END]],
  ['drop-agent-completed', [...BEGINNING, THINKING, EXECUTING, TOOL_DONE]],
  ['repeat-tool-executing', [...BEGINNING, THINKING, EXECUTING, EXECUTING, TOOL_DONE, COMPLETED, END]],
  ['swap-tool-executing-tool-completed', [...BEGINNING, THINKING, TOOL_DONE, EXECUTING, COMPLETED, END]],
  ['swap-tool-completed-agent-completed', [...BEGINNING, THINKING, EXECUTING, COMPLETED, END, TOOL_DONE]],
  ['event-after-end', [...BEGINNING, THINKING, EXECUTING, TOOL_DONE, COMPLETED, END, THINKING]],
  ['stall-after-agent-thinking', [...BEGINNING, THINKING]],
  ['no-events', ['acknowledgement']],
  ['agent-error-instead-of-completed', [...BEGINNING, THINKING, EXECUTING, TOOL_DONE, 'agent_error']],
  ['drop-agent-started+drop-tool-completed', ['thread-created', THINKING, EXECUTING, COMPLETED]],
];

for (const [fault, labels] of RUNS) {
  test(`twin fault effects: with ${fault} a run is ${labels.join(', ')}`, async () => {
    await using twin = await startTwin({ fault, pace: { betweenEventsMs: 0 } });
    const anna = await opened(talkTo(twin, 'e2e-anna0401-user'));
    anna.send(question('hello', 'thread-1'));
    anna.send({ type: 'the_end' });
    await anna.got('ack');
    const sent = twin.journal.entries.flatMap((entry) => (entry.kind === 'text' ? [entry.label] : []));
    expect(sent.slice(3)).toEqual([...labels, 'ack']);
  });
}

const ENDINGS = [
  ['close-1011-after-agent-thinking', 8, { code: 1011, reason: 'Internal error' }],
  ['close-1000-after-tool-executing', 9, { code: 1000, reason: 'main cleanup' }],
  ['close-1006-before-agent-started', 3, { code: 1006, reason: '' }],
  ['close-1011-after-63ms', 0, { code: 1011, reason: 'Internal error' }],
  ['error-instead-of-welcome', 2, { code: 1011, reason: 'main mode error' }],
  ['refuse-good-token-1008', 1, { code: 1008, reason: 'SSOT Auth failed' }],
] as const;

for (const [fault, frames, ending] of ENDINGS) {
  test(`twin fault effects: with ${fault} the client sees ${ending.code} after ${frames} frames`, async () => {
    await using twin = await startTwin({ fault, pace: { betweenEventsMs: 1, crashMs: 5 } });
    const anna = await talkTo(twin, 'e2e-anna0402-user');
    anna.socket.once('open', () => anna.send(question('hello', 'thread-1')));
    expect(await anna.ended).toEqual(ending);
    expect(anna.texts).toHaveLength(frames);
  });
}

const BROKEN = [
  ['invalid-utf8', 'WS_ERR_INVALID_UTF8'],
  ['reserved-opcode', 'WS_ERR_INVALID_OPCODE'],
] as const;

for (const [fault, code] of BROKEN) {
  test(`twin fault effects: ${fault} breaks the client with ${code}, after the whole run`, async () => {
    await using twin = await startTwin({ fault, pace: { betweenEventsMs: 0 } });
    const anna = await opened(talkTo(twin, 'e2e-anna0403-user'));
    anna.send(question('hello', 'thread-1'));
    const [error] = await once(anna.socket, 'error');
    expect(error).toMatchObject({ code });
    expect(anna.messages().at(-1)?.['type']).toBe(COMPLETED);
  });
}

test('twin fault effects: an illegal code in the answer to a close reaches the client', async () => {
  await using twin = await startTwin({ fault: 'illegal-close-code' });
  const anna = await opened(talkTo(twin, 'e2e-anna0404-user'));
  anna.socket.close(1000);
  const [error] = await once(anna.socket, 'error');
  expect(error).toMatchObject({ code: 'WS_ERR_INVALID_CLOSE_CODE' });
});

test('twin fault effects: an ignored close leaves the client waiting', async () => {
  await using twin = await startTwin({ fault: 'ignore-close' });
  const fired = new Promise((resolve) => void twin.onFault(resolve));
  const anna = await opened(talkTo(twin, 'e2e-anna0405-user'));
  anna.socket.close(1000);
  await fired;
  expect(anna.socket.readyState).toBe(anna.socket.CLOSING);
  await twin.close();
  expect((await anna.ended).code).toBe(1001);
});

test('twin fault effects: a late welcome holds back everything that the server would read after it', async () => {
  await using twin = await startTwin({ fault: 'welcome-late', pace: { lateMs: 40 } });
  const anna = await opened(talkTo(twin, 'e2e-anna0406-user'));
  const openedAtMs = performance.now();
  anna.send({ type: 'ping' });
  await anna.got('pong');
  expect(performance.now() - openedAtMs).toBeGreaterThan(35);
  expect(anna.messages().map(({ type }) => type)).toEqual(['handshake_validation', 'system_message', 'ping', 'pong']);
});

test('twin fault effects: a good token may be accepted over HTTP and refused over WebSocket', async () => {
  await using twin = await startTwin({ fault: 'refuse-good-token-over-websocket' });
  const anna = await talkTo(twin, 'e2e-anna0407-user');
  const [, { statusCode, headers }] = await once(anna.socket, 'unexpected-response');
  expect([statusCode, typeof headers.date]).toEqual([403, 'string']);
});
