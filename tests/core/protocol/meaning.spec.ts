import { inspect } from 'node:util';
import { expect, test } from '@playwright/test';
import type { Meaning } from '../../../src/protocol/meaning.ts';
import type { Message } from '../../../src/protocol/message.ts';
import { read } from '../../../src/protocol/read.ts';
import { timestampMs } from '../../../src/protocol/timestamps.ts';

function messageOf(value: object): Message {
  const reading = read(JSON.stringify(value));
  if (!reading.readable) throw new Error(`expected a readable message, got ${reading.why}`);
  return reading.message;
}

const TYPES: Readonly<Partial<Record<Meaning, readonly string[]>>> = {
  welcome: [
    'connection_established',
    'connect',
    'welcome',
    'connection_ready',
    'connected',
    'factory_connection_established',
    'isolated_connection_established',
    'legacy_connection_established',
  ],
  handshake: ['handshake_response', 'handshake_complete'],
  error: ['error_message', 'error', 'authentication_error', 'internal_error', 'connection_error', 'system_error'],
  'agent-failure': ['agent_error', 'agent_failed', 'agent_fallback', 'agent_death', 'agent_timeout_failure'],
  other: ['notice', 'constructor', ''],
};

for (const [meaning, types] of Object.entries(TYPES)) {
  for (const type of types) {
    test(`read: the type "${type}" means ${meaning}`, () => {
      expect(messageOf({ type }).meaning).toBe(meaning);
    });
  }
}

const EVENTS: Readonly<Record<string, string>> = {
  tool_call: 'tool_executing',
  tool_result: 'tool_completed',
  agent_finished: 'agent_completed',
  subagent_completed: 'agent_completed',
  agent_response_complete: 'agent_completed',
};

for (const [type, event] of Object.entries(EVENTS)) {
  test(`read: ${type} is another name of ${event}`, () => {
    expect(messageOf({ type }).event).toBe(event);
  });
}

const WRAPPED: readonly object[] = [
  { event: 'agent_started' },
  { data: { event: 'agent_started' } },
  { data: { type: 'agent_started' } },
  { payload: { event: 'agent_started' } },
  { payload: { type: 'agent_started' } },
  { data: { payload: { event: 'agent_started' } } },
  { data: { payload: { type: 'agent_started' } } },
];

for (const wrapped of WRAPPED) {
  test(`read: finds the event in ${JSON.stringify(wrapped)}`, () => {
    expect(messageOf({ type: 'agent_progress', ...wrapped })).toMatchObject({
      meaning: 'event',
      event: 'agent_started',
    });
  });
}

const SYSTEM: readonly (readonly [object, Meaning])[] = [
  [{ type: 'system_message', data: { event: 'degraded_mode' } }, 'before-welcome'],
  [{ type: 'system_message', data: { event: 'degraded_mode_active' } }, 'before-welcome'],
  [{ type: 'system_message', data: { event: 'service_status_update' } }, 'before-welcome'],
  [{ type: 'system_message', data: { event: 'tea_time' } }, 'other'],
  [{ type: 'system_message', data: { event: 'agent_started', status: 'running' } }, 'event'],
  [{ type: 'notice', data: { event: 'connection_established' } }, 'other'],
  [{ type: 'notice', data: { status: 'connected' } }, 'other'],
  [{ type: 'ping', event: 'agent_started' }, 'ping'],
  [{ type: 'error', event: 'agent_started' }, 'error'],
  [{ type: 'agent_progress', event: ['agent_started'] }, 'other'],
];

for (const [message, meaning] of SYSTEM) {
  test(`read: ${JSON.stringify(message)} means ${meaning}`, () => {
    expect(messageOf(message).meaning).toBe(meaning);
  });
}

const TIMES: readonly (readonly [unknown, number | undefined])[] = [
  [99_999_999_999, 99_999_999_999_000],
  [100_000_000_000, 100_000_000_000],
  [0, 0],
  [Number.POSITIVE_INFINITY, undefined],
  [Number.NaN, undefined],
  ['2025-09-09T15:00:01Z', 1_757_430_001_000],
  ['2025-09-09T15:00:01z', 1_757_430_001_000],
  ['2025-09-09T17:00:01+02:00', 1_757_430_001_000],
  ['2025-09-09T17:00:01+0200', 1_757_430_001_000],
  ['2025-09-09T12:30:01-02:30', 1_757_430_001_000],
  ['2025-09-09T15:00:01', 1_757_430_001_000],
  ['', undefined],
  ['soon', undefined],
  [['2025-09-09T15:00:01Z'], undefined],
  [undefined, undefined],
];

for (const [value, expected] of TIMES) {
  test(`read: the time ${inspect(value)} is ${expected} epoch milliseconds`, () => {
    expect(timestampMs(value)).toBe(expected);
  });
}
