import { expect, test } from '@playwright/test';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ping = (id: string, nowMs = 1): object => pingMessage(id, nowMs);
const control = (direction: 'sent' | 'received', opcode: 'ping' | 'pong', payload = 'x') =>
  ({ kind: 'control', direction, opcode, payload }) as const;
const pong = { type: 'pong', timestamp: 1 };

const TALES: Readonly<Record<string, readonly [string, (c1: FakeConnection, told: FakeHistory) => void]>> = {
  'no question': ['unknown: not-asked', () => undefined],
  'a ping and its pong': ['holds', (c1) => c1.says(ping('a')).hears(pong)],
  'two pings and two pongs by order': ['holds', (c1) => c1.says(ping('a')).says(ping('b')).hears(pong).hears(pong)],
  'two pongs that echo ids, the other way round': [
    'holds',
    (c1) =>
      c1
        .says(ping('a'))
        .says(ping('b', 2))
        .hears({ ...pong, message_id: 'b' })
        .hears({ ...pong, message_id: 'a' }),
  ],
  'a pong that echoes the timestamp': [
    'holds',
    (c1) => c1.says(ping('a', 1_757_430_001_500)).hears({ ...pong, original_timestamp: 1_757_430_001_500 }),
  ],
  'silence to the deadline': ['pong-missing', (c1) => c1.says(ping('a')).deadline('pong')],
  'a close instead of a pong': ['pong-missing', (c1) => c1.says(ping('a')).closed(1011)],
  'nobody waiting': ['unknown: not-awaited', (c1) => c1.says(ping('a'))],
  'a server heartbeat instead of a pong': [
    'pong-missing',
    (c1) => c1.says(ping('a')).hears({ type: 'heartbeat' }).says({ type: 'heartbeat_ack' }).deadline('pong'),
  ],
  'one pong too many': ['pong-duplicated', (c1) => c1.says(ping('a')).hears(pong).hears(pong)],
  'a pong to no ping': ['pong-duplicated', (c1) => c1.hears(pong)],
  'the same echo twice': [
    'pong-duplicated',
    (c1) =>
      c1
        .says(ping('a'))
        .says(ping('b', 2))
        .hears({ ...pong, message_id: 'a' })
        .hears({ ...pong, message_id: 'a' })
        .hears({ ...pong, message_id: 'b' }),
  ],
  'an echo of nothing we sent': [
    'pong-missing pong-mismatched',
    (c1) =>
      c1
        .says(ping('a'))
        .hears({ ...pong, ping_id: 'z' })
        .deadline('pong'),
  ],
  'a late pong': [
    'pong-late',
    (c1, { at }) => {
      c1.says(ping('a'));
      at(900);
      c1.hears(pong);
    },
  ],
  'a heartbeat and its acknowledgement': [
    'holds',
    (c1) => c1.says({ type: 'heartbeat' }).hears({ type: 'heartbeat_ack' }),
  ],
  'a heartbeat without one': ['heartbeat-unanswered', (c1) => c1.says({ type: 'heartbeat' }).deadline('heartbeat_ack')],
  'a ping frame and its pong frame': [
    'holds',
    (c1) => c1.fact(control('sent', 'ping')).fact(control('received', 'pong')),
  ],
  'a pong frame with another payload': [
    'control-ping-unanswered',
    (c1) =>
      c1
        .fact(control('sent', 'ping'))
        .fact(control('received', 'pong', 'y'))
        .deadline('pong frame'),
  ],
  'a ping frame left alone': [
    'control-ping-unanswered',
    (c1) => c1.fact(control('sent', 'ping')).deadline('pong frame'),
  ],
  'a late pong frame': [
    'pong-late',
    (c1, { at }) => {
      c1.fact(control('sent', 'ping'));
      at(900);
      c1.fact(control('received', 'pong'));
    },
  ],
  'a server ping that we answer': ['holds', (c1) => c1.hears({ type: 'ping' }).says({ type: 'pong' })],
  'a server ping that we ignore': ['keep-alive-unanswered', (c1) => c1.hears({ type: 'ping' }).says({ type: 'chat' })],
  'a server heartbeat that we ignore': ['keep-alive-unanswered', (c1) => c1.hears({ type: 'heartbeat' })],
  'a server ping frame that we ignore': ['keep-alive-unanswered', (c1) => c1.fact(control('received', 'ping'))],
  'a server ping into our closing': [
    'holds',
    (c1) => c1.says(ping('a')).hears(pong).hears({ type: 'ping' }).closed(1000, '', 'us'),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`heartbeat: ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told.socket('c1').ready(), told);
    expect(codesOf(heartbeat(BUDGETS)(told.history))).toBe(expected);
  });
}

test('heartbeat: a pong that waits for the end of a run is late, and says so', () => {
  const { history, socket, at } = fakeHistory();
  const c1 = socket('c1').ready().runs('one').event('one', 'agent_started').says({ type: 'ping', timestamp: 7 });
  at(900);
  c1.event('one', 'agent_completed').hears({ type: 'pong' });
  const verdict = heartbeat(BUDGETS)(history);
  expect(codesOf(verdict)).toBe('pong-late');
  expect(verdict.because).toContain(
    '; run one was under way until #6, and the answer came 10 ms after its end: nothing is answered during a run',
  );
});

test('heartbeat: a ping that nobody answers during a run says so', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').says({ type: 'ping', timestamp: 7 }).deadline('pong');
  expect(heartbeat(BUDGETS)(history).because).toBe(
    'the question (#4) got no pong within 1000 ms; run one was under way all the time',
  );
});
