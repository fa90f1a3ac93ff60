import { expect, test } from '@playwright/test';
import { closeCode } from '../../../src/protocol/close-codes.ts';
import { E2E_ENVIRONMENT, E2E_HEADER_NAMES, e2eHeaders } from '../../../src/protocol/e2e-headers.ts';
import { nonceOf, noncesIn } from '../../../src/protocol/nonce.ts';
import {
  agentRequestMessage,
  handshakeAcknowledgedMessage,
  heartbeatAckMessage,
  heartbeatMessage,
  pingMessage,
  pongMessage,
  unknownTypeMessage,
} from '../../../src/protocol/requests.ts';

const NOW_MS = 1_757_430_001_500;
const NOW = '2025-09-09T15:00:01.500Z';

test('requests: keep-alive messages carry the time, and an id where they ask', () => {
  expect(pingMessage('p1', NOW_MS)).toEqual({ type: 'ping', timestamp: NOW_MS, message_id: 'p1' });
  expect(heartbeatMessage('h1', NOW_MS)).toEqual({ type: 'heartbeat', timestamp: NOW_MS, message_id: 'h1' });
  expect(heartbeatAckMessage(NOW_MS)).toEqual({ type: 'heartbeat_ack', timestamp: NOW_MS });
  expect(unknownTypeMessage(NOW_MS)).toEqual({ type: 'e2e_unknown_type', timestamp: NOW_MS });
});

test('requests: an answer echoes what it answers, and leaves out what was not said', () => {
  expect(pongMessage(7, NOW_MS)).toStrictEqual({ type: 'pong', timestamp: NOW_MS, original_timestamp: 7 });
  expect(pongMessage(undefined, NOW_MS)).toStrictEqual({ type: 'pong', timestamp: NOW_MS });
  const acknowledged = { type: 'handshake_acknowledged', timestamp: NOW };
  expect(handshakeAcknowledgedMessage('t1', NOW)).toStrictEqual({ ...acknowledged, thread_id: 't1' });
  expect(handshakeAcknowledgedMessage(undefined, NOW)).toStrictEqual(acknowledged);
});

test('requests: an agent is asked flat and nested at once, in epoch seconds', () => {
  const asked = agentRequestMessage({ prompt: 'Ask', thread: 't1', message: 'm1', run: 'r1', nowMs: NOW_MS });
  const body = { content: 'Ask', message: 'Ask', thread_id: 't1', run_id: 'r1' };
  expect(asked).toEqual({ type: 'user_message', ...body, payload: body, timestamp: 1_757_430_001.5, message_id: 'm1' });
});

test('requests: the E2E headers have the names and values that the backend knows', () => {
  expect(E2E_ENVIRONMENT).toBe('staging');
  const headers = e2eHeaders({ environment: 'test', session: 's1', userId: 'anna' });
  expect(headers).toEqual({
    'User-Agent': 'Netra-E2E-Tests/1.0',
    'X-Test-Type': 'E2E',
    'X-Test-Environment': 'test',
    'X-E2E-Test': 'true',
    'X-Test-Mode': 'true',
    'X-Test-Session': 's1',
    'X-Staging-E2E': 'true',
    'X-Test-Priority': 'high',
    'X-Auth-Fast-Path': 'enabled',
    'X-User-ID': 'anna',
  });
  expect(E2E_HEADER_NAMES).toEqual(Object.keys(headers).map((name) => name.toLowerCase()));
});

test('requests: a nonce keeps the letters and digits of an id, 32 at most, and is found again', () => {
  const id = '0F8FAD5B-D9CB-469F-A165-70867728950E';
  const nonce = 'nonce-0f8fad5bd9cb469fa16570867728950e';
  expect(nonceOf(id)).toBe(nonce);
  expect(nonceOf(`${id}-and-more`)).toBe(nonce);
  expect(noncesIn(`first (${nonce}), then ${nonceOf('another_1')}`)).toEqual([nonce, 'nonce-another1']);
});

const NO_NONCES = ['', 'once', 'nonce-short', 'pronoun nonce_aaaaaaaa', 'annonce-aaaaaaaa', `nonce-${'a'.repeat(33)}`];

for (const text of NO_NONCES) {
  test(`requests: there is no nonce in "${text}"`, () => {
    expect(noncesIn(text)).toEqual([]);
  });
}

const CLOSES = {
  1000: 'normal closure',
  1001: 'going away',
  1002: 'protocol error',
  1003: 'unsupported data',
  1005: 'no status',
  1006: 'abnormal closure',
  1007: 'invalid payload',
  1008: 'policy violation',
  1009: 'message too big',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  4001: 'authentication failed',
  4002: 'authentication system error',
  1010: 'unregistered',
  4000: 'unregistered',
};

for (const [code, name] of Object.entries(CLOSES)) {
  test(`close codes: ${code} is called ${name}, and means something`, () => {
    expect(closeCode(Number(code))).toEqual({ name, means: expect.stringMatching(/\w+ \w+/) });
  });
}
