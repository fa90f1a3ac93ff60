import { expect, test } from '@playwright/test';
import type { Message } from '../../../src/protocol/message.ts';
import { read } from '../../../src/protocol/read.ts';

function messageOf(value: unknown): Message {
  const reading = read(JSON.stringify(value));
  if (!reading.readable) throw new Error(`expected a readable message, got ${reading.why}`);
  return reading.message;
}

const WELCOMES: Readonly<Record<string, object>> = {
  'W1 of beta-9': {
    type: 'system_message',
    data: { event: 'connection_established', user_id: 'u1', connection_id: 'ws_1' },
  },
  'W2 of beta-12': { type: 'connect', data: { mode: 'main', user_id: 'u1', connection_id: 'ws_1' } },
  'W3 of beta-14': { type: 'connection_established', data: { mode: 'main', user_id: 'u1', connection_id: 'ws_1' } },
  'W5, flat': { type: 'connection_established', user_id: 'u1', connection_id: 'ws_1' },
  'W6 of the factory': { type: 'welcome', data: { user_id: 'u1', connection_id: 'ws_1' } },
  'connection_ready of the tests': { type: 'connection_ready', user_id: 'u1', connection_id: 'ws_1' },
};

for (const [name, welcome] of Object.entries(WELCOMES)) {
  test(`read: takes ${name} for a welcome and finds user and connection`, () => {
    expect(messageOf(welcome)).toMatchObject({ meaning: 'welcome', user: 'u1', serverConnection: 'ws_1' });
  });
}

const EVENTS: Readonly<Record<string, object>> = {
  'a, flat': { type: 'tool_executing', event: 'tool_executing', tool_name: 't', thread_id: 'th', timestamp: 2 },
  'b, in payload': {
    type: 'tool_executing',
    thread_id: 'th',
    timestamp: '1970-01-01T00:00:02Z',
    payload: { tool_name: 't' },
  },
  'c, in data': { type: 'tool_executing', data: { tool: 't', thread_id: 'th' }, timestamp: '1970-01-01T00:00:02' },
  'g, wrapped': {
    type: 'agent_progress',
    data: { payload: { event: 'tool_executing', tool_name: 't', thread_id: 'th' } },
    timestamp: 2,
  },
  'k, system message': {
    type: 'system_message',
    event: 'tool_executing',
    payload: { tool: 't', thread_id: 'th' },
    timestamp: 2000,
  },
  'the name of the frontend': { type: 'tool_call', name: 't', thread_id: 'th', timestamp: 2 },
};

for (const [variant, event] of Object.entries(EVENTS)) {
  test(`read: finds event, tool and thread in variant ${variant}`, () => {
    expect(messageOf(event)).toMatchObject({ meaning: 'event', event: 'tool_executing', tool: 't', thread: 'th' });
  });
}

test('read: takes timestamps in seconds, in milliseconds and as text, in UTC when no zone is named', () => {
  const times = [1_757_430_001.5, 1_757_430_001_500, '2025-09-09T15:00:01.500Z', '2025-09-09T15:00:01.500'];
  expect(times.map((timestamp) => messageOf({ type: 'pong', timestamp }).timestampMs)).toEqual(
    times.map(() => 1_757_430_001_500),
  );
});

test('read: does not take the status acknowledgement of a connect for a welcome', () => {
  expect(messageOf({ type: 'system_message', data: { status: 'connected', user_id: 'u1' } }).meaning).toBe(
    'acknowledgement',
  );
});

test('read: takes a server heartbeat for no pong', () => {
  expect(messageOf({ type: 'heartbeat', data: { connection_id: 'c' } }).meaning).toBe('heartbeat');
});

test('read: init progress and handshake validation may precede a welcome', () => {
  const early = [
    { message_type: 'initialization_progress', event: 'service_completed', message: 'm' },
    { type: 'handshake_validation', validation_id: 'v' },
    { type: 'system_message', data: { event: 'degraded_mode' } },
  ];
  expect(early.map((message) => messageOf(message).meaning)).toEqual(early.map(() => 'before-welcome'));
});

const ERRORS: Readonly<Record<string, object>> = {
  canonical: { type: 'error_message', error_code: 'NO_TOKEN', error_message: 'no token' },
  'of the crash handler': { type: 'error_message', data: { error_code: 'NO_TOKEN', error_message: 'no token' } },
  'of the helpers': { type: 'error', error: { code: 'NO_TOKEN', message: 'no token' } },
  'of the isolated route': { type: 'error', code: 'NO_TOKEN', error: 'no token' },
};

for (const [shape, error] of Object.entries(ERRORS)) {
  test(`read: finds code and text of the error ${shape}`, () => {
    expect(messageOf(error)).toMatchObject({ meaning: 'error', errorCode: 'NO_TOKEN', errorText: 'no token' });
  });
}

test('read: marks the events of the fallback handler as canned', () => {
  const canned = [
    { type: 'tool_executing', tool_name: 'response_generator' },
    { type: 'agent_completed', final_response: 'Agent processed your message: hello' },
    { type: 'agent_started', emergency_mode: true },
  ];
  expect(canned.map((message) => messageOf(message).canned)).toEqual([true, true, true]);
  expect(messageOf({ type: 'tool_executing', tool_name: 'cost_analyzer' }).canned).toBeUndefined();
});

test('read: says why a text is no message', () => {
  const texts = ['', '{"type":', '["ping"]', 'null', '"ping"'];
  expect(texts.map((text) => read(text))).toMatchObject(
    ['empty', 'not-json', 'not-an-object', 'not-an-object', 'not-an-object'].map((why) => ({ readable: false, why })),
  );
});

test('read: what is nested too deep to be written again is unreadable, and brackets in a string are not', () => {
  const deep = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const why = [100, 101, 100_000].map((levels) => {
    const reading = read(deep(levels));
    return reading.readable ? 'readable' : reading.why;
  });
  expect(why).toEqual(['readable', 'nested-too-deep', 'nested-too-deep']);
  expect(read(JSON.stringify({ type: 'ping', text: `"\\${'['.repeat(200)}` })).readable).toBe(true);
});
const FAULTS: Readonly<Record<string, readonly [string, string, string | undefined]>> = {
  'NaN with its field, its place and the type': [
    '{"type":"tool_completed","payload":{"ms":NaN}}',
    'NaN is no JSON value, of "ms", at offset 41 (line 1, column 42); the parser says: ',
    'tool_completed',
  ],
  'Infinity in a later line': [
    '{"a":1,\n"b":-Infinity}',
    '-Infinity is no JSON value, of "b", at offset 12 (line 2, column 5); the parser says: ',
    undefined,
  ],
  'single quotes': [
    "{'type': 'agent_started'}",
    "' is no JSON value, at offset 1 (line 1, column 2); the parser says: ",
    'agent_started',
  ],
  'a text that ends too early': ['{"type":"ping"', 'the parser says: ', 'ping'],
};

for (const [what, [text, problem, type]] of Object.entries(FAULTS)) {
  test(`read: names ${what}`, () => {
    expect(read(text)).toMatchObject({
      readable: false,
      why: 'not-json',
      fault: { problem: expect.stringContaining(problem), type },
    });
  });
}
