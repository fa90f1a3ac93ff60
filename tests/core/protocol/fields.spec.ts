import { expect, test } from '@playwright/test';
import type { Message } from '../../../src/protocol/message.ts';
import { read } from '../../../src/protocol/read.ts';

/** What a message says, without the fields that are absent. */
function messageOf(text: string): Partial<Message> {
  const reading = read(text);
  if (!reading.readable) throw new Error(`expected a readable message, got ${reading.why}`);
  return Object.fromEntries(Object.entries(reading.message).filter(([, value]) => value !== undefined));
}

/** Every field that some messages have, so that what others ignore shows. */
const EVERYTHING = {
  agent_name: 'triage',
  tool_name: 'cost_analyzer',
  execution_id: 'x1',
  message_id: 'm1',
  original_timestamp: 7,
  connection_id: 'ws_1',
  mode: 'main',
  error_code: 'BAD',
  error_message: 'no',
  emergency_mode: true,
};
const ERROR = { errorCode: 'BAD', errorText: 'no' };
const OF_AN_EVENT = { agent: 'triage', canned: true } as const;

const FIELDS: Readonly<Record<string, Partial<Message>>> = {
  agent_started: { meaning: 'event', event: 'agent_started', ...OF_AN_EVENT },
  agent_thinking: { meaning: 'event', event: 'agent_thinking', ...OF_AN_EVENT },
  tool_executing: { meaning: 'event', event: 'tool_executing', tool: 'cost_analyzer', toolCall: 'x1', ...OF_AN_EVENT },
  tool_completed: { meaning: 'event', event: 'tool_completed', tool: 'cost_analyzer', toolCall: 'x1', ...OF_AN_EVENT },
  agent_completed: {
    meaning: 'event',
    event: 'agent_completed',
    failure: 'error_code "BAD"',
    ...OF_AN_EVENT,
  },
  agent_error: { meaning: 'agent-failure', ...ERROR },
  error: { meaning: 'error', ...ERROR },
  ping: { meaning: 'ping', sentId: 'm1' },
  pong: { meaning: 'pong', sentId: 'm1', echo: '7' },
  heartbeat: { meaning: 'heartbeat', sentId: 'm1' },
  heartbeat_ack: { meaning: 'heartbeat-ack', sentId: 'm1', echo: '7' },
  welcome: { meaning: 'welcome', serverConnection: 'ws_1', mode: 'main' },
  handshake_response: { meaning: 'handshake' },
  handshake_validation: { meaning: 'before-welcome' },
  ack: { meaning: 'acknowledgement' },
  notice: { meaning: 'other' },
};

for (const [type, fields] of Object.entries(FIELDS)) {
  test(`read: of a message ${type} the fields count that such a message has`, () => {
    expect(messageOf(JSON.stringify({ type, ...EVERYTHING }))).toEqual({ type, ...fields });
  });
}

const SAID: Readonly<Record<string, readonly [string, Partial<Message>]>> = {
  'a type that is no text': ['{"type":7}', { type: '', meaning: 'other' }],
  'no type': ['{}', { type: '', meaning: 'other' }],
  'the user of a context': [
    '{"type":"notice","user_context":{"user_id":"u1"}}',
    { type: 'notice', meaning: 'other', user: 'u1' },
  ],
  'the user of a context further in': [
    '{"type":"notice","user_context":"u0","data":{"user_context":{"user_id":"u1"}}}',
    { type: 'notice', meaning: 'other', user: 'u1' },
  ],
  'a user of a context that is no text': [
    '{"type":"notice","user_context":{"user_id":7}}',
    { type: 'notice', meaning: 'other', user: '7' },
  ],
  'ids that are long numbers, digit by digit': [
    '{"type":"notice","run_id":9007199254740993,"payload":{"user_id":123456789012345678901}}',
    { type: 'notice', meaning: 'other', run: '9007199254740993', user: '123456789012345678901' },
  ],
  'the id of an agent beside its name': [
    '{"type":"agent_thinking","agent_id":7,"agent_name":"Data"}',
    { type: 'agent_thinking', meaning: 'event', event: 'agent_thinking', agent: 'Data', agentId: '7' },
  ],
  'the time of the server': [
    '{"type":"ack","server_time":2}',
    { type: 'ack', meaning: 'acknowledgement', timestampMs: 2000 },
  ],
  'a time further in': [
    '{"type":"ack","timestamp":"soon","data":{"timestamp":2}}',
    { type: 'ack', meaning: 'acknowledgement', timestampMs: 2000 },
  ],
  'the mode of an isolated connection': [
    '{"type":"welcome","data":{"isolation_mode":"isolated"}}',
    { type: 'welcome', meaning: 'welcome', mode: 'isolated' },
  ],
  'an active degraded mode': [
    '{"type":"notice","data":{"event":"degraded_mode_active"}}',
    { type: 'notice', meaning: 'other', degraded: true },
  ],
  'a degraded mode': [
    '{"type":"notice","event":"degraded_mode","data":{"event":"begun"}}',
    { type: 'notice', meaning: 'other', degraded: true },
  ],
};

for (const [what, [text, message]] of Object.entries(SAID)) {
  test(`read: finds ${what}`, () => {
    expect(messageOf(text)).toEqual(message);
  });
}
