import { expect, test } from '@playwright/test';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ping = (id: string): object => pingMessage(id, 1);
const pong = { type: 'pong', timestamp: 1 };
const strangePong = { ...pong, ping_id: 'z' };
const missing = (...entries: readonly number[]) => ({ code: 'pong-missing', entries });
const mismatched = (...entries: readonly number[]) => ({ code: 'pong-mismatched', entries });

/** Entries 0 to 2 are the upgrade and the welcome. */
const PAIRINGS: Readonly<Record<string, readonly [readonly object[], (c1: FakeConnection) => void]>> = {
  'a pong that carries the id of the second ping answers the second': [
    [missing(3, 6)],
    (c1) =>
      c1
        .says(ping('a'))
        .says(ping('b'))
        .hears({ ...pong, message_id: 'b' })
        .deadline('pong'),
  ],
  'a strange echo answers no ping, not even one without a timestamp': [
    [missing(3, 5), mismatched(4)],
    (c1) => c1.says({ type: 'ping' }).hears(strangePong).deadline('pong'),
  ],
  'a strange echo that ends the wait is told, the silence is not': [
    [mismatched(4)],
    (c1) => c1.says(ping('a')).hears(strangePong),
  ],
  'a strange echo ends the wait of one ping, not of two': [
    [missing(4, 6), mismatched(5)],
    (c1) => c1.says(ping('a')).says(ping('b')).hears(strangePong).closed(1011),
  ],
  'two strange echoes end the waits of two pings': [
    [mismatched(5), mismatched(6)],
    (c1) => c1.says(ping('a')).says(ping('b')).hears(strangePong).hears(strangePong).closed(1011),
  ],
  'a strange echo before the ping ends no wait': [
    [missing(4, 5), mismatched(3)],
    (c1) => c1.hears(strangePong).says(ping('a')).closed(1011),
  ],
};

for (const [name, [findings, tell]] of Object.entries(PAIRINGS)) {
  test(`heartbeat: ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready());
    expect(heartbeat(BUDGETS)(history)).toMatchObject({ holds: false, findings });
  });
}

const frame = (direction: 'sent' | 'received', opcode: 'ping' | 'pong') =>
  ({ kind: 'control', direction, opcode, payload: 'x' }) as const;

const ASKED_BEFORE_THE_END: Readonly<Record<string, readonly [string, (c1: FakeConnection) => FakeConnection]>> = {
  'nothing was asked': ['unknown: not-connected', (c1) => c1],
  'something else was asked': ['unknown: not-connected', (c1) => c1.says({ type: 'chat' })],
  'only the server asked': [
    'unknown: not-connected',
    (c1) => c1.fact(frame('received', 'ping')).fact(frame('sent', 'pong')),
  ],
  'a ping was answered': ['holds', (c1) => c1.says(ping('a')).hears(pong)],
  'a heartbeat was answered': ['holds', (c1) => c1.says({ type: 'heartbeat' }).hears({ type: 'heartbeat_ack' })],
  'a ping frame was answered': ['holds', (c1) => c1.fact(frame('sent', 'ping')).fact(frame('received', 'pong'))],
};

for (const [name, [expected, tell]] of Object.entries(ASKED_BEFORE_THE_END)) {
  test(`heartbeat: ${name} before the server closed is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready()).closed(1011);
    expect(codesOf(heartbeat(BUDGETS)(history))).toBe(expected);
  });
}
