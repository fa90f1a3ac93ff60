import { expect, test } from '@playwright/test';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { BUDGETS } from './codes.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const frame = (direction: 'sent' | 'received', opcode: 'ping' | 'pong') =>
  ({ kind: 'control', direction, opcode, payload: 'x' }) as const;
const ourPing = frame('sent', 'ping');
const ourPong = frame('sent', 'pong');
const serverPing = frame('received', 'ping');
const serverPong = frame('received', 'pong');

const unanswered = {
  code: 'control-ping-unanswered',
  expected: 'a pong frame with the same payload',
  found: 'none',
  connection: 'c1',
};
const tooEarly = {
  code: 'not-awaited',
  because: 'the test stopped listening before the pong frame was due',
  entries: [3],
};

/** Entries 0 to 2 are the upgrade and the welcome; the first frame is entry 3, 40 ms after the start. */
const TALES: Readonly<
  Record<string, readonly [Record<string, unknown>, (c1: FakeConnection, told: FakeHistory) => void]>
> = {
  'a pong frame as late as allowed is in time': [
    { holds: true, evidence: [3, 4] },
    (c1, { at }) => {
      c1.fact(ourPing);
      at(240);
      c1.fact(serverPong);
    },
  ],
  'a late pong frame is told with both frames': [
    {
      findings: [
        {
          code: 'pong-late',
          expected: 'a pong frame within 200 ms',
          found: '860 ms',
          because: 'the pong frame (#4) came 860 ms after the ping frame (#3); no lag of our own was seen in that time',
          entries: [3, 4],
        },
      ],
    },
    (c1, { at }) => {
      c1.fact(ourPing);
      at(900);
      c1.fact(serverPong);
    },
  ],
  'a late pong frame while we lagged ourselves proves nothing': [
    { holds: 'unknown', findings: [{ code: 'harness-lag', entries: [3, 5, 4] }] },
    (c1, { at, lag }) => {
      c1.fact(ourPing);
      at(900);
      lag(900);
      c1.fact(serverPong);
    },
  ],
  'silence to the deadline is told with the deadline': [
    { findings: [{ ...unanswered, because: 'the ping frame (#3) got no pong frame', entries: [3, 4] }] },
    (c1) => c1.fact(ourPing).deadline('pong frame'),
  ],
  'a close in place of the pong frame is told': [
    {
      findings: [
        {
          ...unanswered,
          because:
            'the ping frame (#3) got no pong frame: the server closed with 1011 without a reason 30 ms after it opened',
          entries: [3],
        },
      ],
    },
    (c1) => c1.fact(ourPing).closed(1011),
  ],
  'a ping frame that nobody waited for proves nothing': [
    { holds: 'unknown', findings: [tooEarly] },
    (c1) => c1.fact(ourPing),
  ],
  'a ping frame into our own closing proves nothing': [
    { holds: 'unknown', findings: [tooEarly] },
    (c1) => c1.fact(ourPing).closed(1000, '', 'us'),
  ],
  'a pong frame that came before the ping frame does not answer it': [
    { findings: [{ ...unanswered, entries: [4, 5] }] },
    (c1) => c1.fact(serverPong).fact(ourPing).deadline('pong frame'),
  ],
  'neither the ping frame of the server nor our pong frame answers ours': [
    { findings: [{ ...unanswered, entries: [3, 6] }] },
    (c1) => c1.fact(ourPing).fact(serverPing).fact(ourPong).deadline('pong frame'),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`heartbeat: ${name}`, () => {
    const told = fakeHistory();
    tell(told.socket('c1').ready(), told);
    expect(heartbeat(BUDGETS)(told.history)).toMatchObject(expected);
  });
}
