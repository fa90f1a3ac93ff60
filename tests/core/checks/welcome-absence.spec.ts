import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const error = { type: 'error', code: 'BUSY', message: 'try later' };
const unreadable = (direction: 'sent' | 'received') =>
  ({ kind: 'unreadable', direction, why: 'not-json', excerpt: '', bytes: 1 }) as const;

const replaced = { code: 'welcome-replaced-by-error', found: 'error: try later', connection: 'c1' };
const missing = { code: 'welcome-missing', found: 'no welcome', connection: 'c1' };
const closedFirst = { code: 'closed-before-welcome', connection: 'c1' };

/** The accepted upgrade is entry 1; what follows comes 10 ms apart. */
const TALES: Readonly<Record<string, readonly [object, (c1: FakeConnection) => void]>> = {
  'an error in place of the welcome is told with its code': [
    { ...replaced, because: 'the first answer is the error BUSY', entries: [1, 2] },
    (c1) => c1.hears(error).deadline('welcome'),
  ],
  'an error that says nothing is told by its type': [
    {
      ...replaced,
      found: 'error: no text',
      because:
        'the first answer is the error error_message: the server closed with 1011 without a reason 20 ms after it opened',
    },
    (c1) => c1.hears({ type: 'error_message' }).closed(1011),
  ],
  'an error after something unreadable is still in its place': [
    { ...replaced, entries: [1, 3] },
    (c1) => c1.fact(unreadable('received')).hears(error).deadline('welcome'),
  ],
  'an error after our pong is still in its place': [
    { ...replaced, entries: [1, 4] },
    (c1) => c1.hears({ type: 'ping' }).says({ type: 'pong' }).hears(error).deadline('welcome'),
  ],
  'an error after our acknowledgement of a heartbeat is still in its place': [
    { ...replaced, entries: [1, 4] },
    (c1) => c1.hears({ type: 'heartbeat' }).says({ type: 'heartbeat_ack' }).hears(error).deadline('welcome'),
  ],
  'an error after our acknowledgement of a handshake is still in its place': [
    { ...replaced, entries: [1, 4] },
    (c1) =>
      c1
        .hears({ type: 'handshake_response' })
        .says({ type: 'handshake_acknowledged' })
        .hears(error)
        .deadline('welcome'),
  ],
  'an error that answers a request of ours is not in its place': [
    { ...missing, entries: [1, 4] },
    (c1) => c1.says({ type: 'chat' }).hears(error).deadline('welcome'),
  ],
  'an error that answers a broken message of ours is not in its place': [
    { ...missing, entries: [1, 4] },
    (c1) => c1.fact(unreadable('sent')).hears(error).deadline('welcome'),
  ],
  'an error after the deadline is not in its place': [
    {
      ...missing,
      because: 'nothing that is a welcome arrived within 1000 ms; the connection stayed open',
      entries: [1, 2],
    },
    (c1) => c1.deadline('welcome').hears(error),
  ],
  'an error after the deadline and before a request of ours is not in its place': [
    { ...missing, entries: [1, 2] },
    (c1) => c1.deadline('welcome').hears(error).says({ type: 'chat' }),
  ],
  'a close before the welcome is told with the frames before it': [
    {
      ...closedFirst,
      found: 'close 1011',
      because:
        'the connection was accepted and ended before a welcome, after 1 frames: the server closed with 1011 without a reason 40 ms after it opened',
      entries: [1, 5],
    },
    (c1) => c1.hears({ type: 'ping' }).says({ type: 'pong' }).fact(unreadable('sent')).closed(1011),
  ],
  'a test that ended too early is told with the upgrade': [
    { code: 'not-awaited', because: 'the test ended before the welcome was due', entries: [1], connection: 'c1' },
    (c1) => c1.hears({ type: 'ping' }),
  ],
};

for (const [name, [finding, tell]] of Object.entries(TALES)) {
  test(`welcome: ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').asks().opens());
    expect(welcome(BUDGETS)(history)).toMatchObject({ findings: [finding] });
  });
}
