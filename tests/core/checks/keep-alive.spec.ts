import { expect, test } from '@playwright/test';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { BUDGETS } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const frame = (direction: 'sent' | 'received', opcode: 'ping' | 'pong') =>
  ({ kind: 'control', direction, opcode, payload: 'x' }) as const;

const ignored = (index: number) => ({
  holds: false,
  findings: [
    {
      code: 'keep-alive-unanswered',
      blame: 'harness',
      expected: 'an answer from us',
      found: 'none',
      because: `the server's keep-alive (#${index}) was left without an answer by this harness`,
      entries: [index],
      connection: 'c1',
    },
  ],
});

/** Entries 0 to 2 are the upgrade and the welcome. */
const TALES: Readonly<Record<string, readonly [Record<string, unknown>, (c1: FakeConnection) => void]>> = {
  'a ping of the server and our pong are evidence': [
    { holds: true, evidence: [3, 4] },
    (c1) => c1.hears({ type: 'ping' }).says({ type: 'pong' }),
  ],
  'a pong of ours that came before the ping of the server does not answer it': [
    ignored(4),
    (c1) => c1.says({ type: 'pong' }).hears({ type: 'ping' }),
  ],
  'a pong of ours does not answer a heartbeat of the server': [
    ignored(3),
    (c1) => c1.hears({ type: 'heartbeat' }).says({ type: 'pong' }),
  ],
  'a ping of the server is owed an answer when we said something else before we closed': [
    ignored(3),
    (c1) => c1.hears({ type: 'ping' }).says({ type: 'chat' }).closed(1000, '', 'us'),
  ],
  'a ping frame of the server that we answer is evidence': [
    { holds: true, evidence: [3, 4] },
    (c1) => c1.fact(frame('received', 'ping')).fact(frame('sent', 'pong')),
  ],
  'a pong frame of the server does not answer its own ping frame': [
    ignored(3),
    (c1) => c1.fact(frame('received', 'ping')).fact(frame('received', 'pong')),
  ],
  'a ping frame of ours does not answer that of the server': [
    ignored(3),
    (c1) => c1.fact(frame('received', 'ping')).fact(frame('sent', 'ping')).fact(frame('received', 'pong')),
  ],
  'a message of ours does not answer a ping frame': [
    ignored(3),
    (c1) => c1.fact(frame('received', 'ping')).says({ type: 'pong' }),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`heartbeat: ${name}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').ready());
    expect(heartbeat(BUDGETS)(history)).toMatchObject(expected);
  });
}
