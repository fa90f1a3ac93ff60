import { expect, test } from '@playwright/test';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS } from './codes.ts';
import type { FakeHistory, FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const pong = { type: 'pong', timestamp: 1 };
const strangePong = { ...pong, ping_id: 'z' };
const ping = (id: string): object => pingMessage(id, 1);

const silence = { code: 'pong-missing', expected: 'pong', found: 'no pong', connection: 'c1' };
const tooEarly = { code: 'not-awaited', because: 'the test stopped listening before pong was due', entries: [3] };
const strangeEcho = { code: 'pong-mismatched', expected: 'an echo of an open ping', found: 'an echo of z' };
const late = { code: 'pong-late', expected: 'pong within 200 ms', found: '860 ms', entries: [3, 4] };

/** Entries 0 to 2 are the upgrade and the welcome; the first question is entry 3, 40 ms after the start. */
const TALES: Readonly<
  Record<string, readonly [Record<string, unknown>, (c1: FakeConnection, told: FakeHistory) => void]>
> = {
  'an answer as late as allowed': [
    { holds: true, evidence: [3, 4] },
    (c1, { at }) => {
      c1.says(ping('a'));
      at(240);
      c1.hears(pong);
    },
  ],
  'an answer that is late': [
    {
      findings: [
        {
          ...late,
          because:
            'pong (#4) came 860 ms after its question (#3); 200 ms are allowed; no lag of our own was seen in that time',
        },
      ],
    },
    (c1, { at }) => {
      c1.says(ping('a'));
      at(900);
      c1.hears(pong);
    },
  ],
  'a late answer while we lagged ourselves': [
    { holds: 'unknown', findings: [{ code: 'harness-lag', entries: [3, 5, 4] }] },
    (c1, { at, lag }) => {
      c1.says(ping('a'));
      at(900);
      lag(900);
      c1.hears(pong);
    },
  ],
  'a late answer before a strange echo': [
    { findings: [late, { ...strangeEcho, entries: [5] }] },
    (c1, { at }) => {
      c1.says(ping('a'));
      at(900);
      c1.hears(pong).hears(strangePong);
    },
  ],
  'silence to the deadline': [
    { findings: [{ ...silence, because: 'the question (#3) got no pong within 1000 ms', entries: [3, 4] }] },
    (c1) => c1.says(ping('a')).deadline('pong'),
  ],
  'a close in place of the answer': [
    {
      findings: [
        {
          ...silence,
          because: 'the question (#3) got no pong: the server closed with 1011 without a reason 30 ms after it opened',
          entries: [3, 4],
        },
      ],
    },
    (c1) => c1.says(ping('a')).closed(1011),
  ],
  'a close after the deadline': [
    { findings: [{ ...silence, entries: [3, 4, 5] }] },
    (c1) => c1.says(ping('a')).deadline('pong').closed(1011),
  ],
  'a question that nobody waited for': [{ holds: 'unknown', findings: [tooEarly] }, (c1) => c1.says(ping('a'))],
  'a question into our own closing': [
    { holds: 'unknown', findings: [tooEarly] },
    (c1) => c1.says(ping('a')).closed(1000, '', 'us'),
  ],
  'a heartbeat with a strange acknowledgement': [
    {
      findings: [
        { code: 'heartbeat-unanswered', expected: 'heartbeat_ack', found: 'no heartbeat_ack', entries: [3, 5] },
        { ...strangeEcho, because: 'heartbeat_ack (#4) echoes z, which this connection never sent', entries: [4] },
      ],
    },
    (c1) => c1.says({ type: 'heartbeat' }).hears({ type: 'heartbeat_ack', ping_id: 'z' }).deadline('heartbeat_ack'),
  ],
  'one answer too many': [
    {
      findings: [
        {
          code: 'pong-duplicated',
          expected: '1 pongs',
          found: 'one more',
          because: 'pong (#5) answers a question that was already answered, or never asked',
          entries: [5],
        },
      ],
    },
    (c1) => c1.says(ping('a')).hears(pong).hears(pong),
  ],
};

for (const [name, [expected, tell]] of Object.entries(TALES)) {
  test(`heartbeat: ${name} is told with its entries`, () => {
    const told = fakeHistory();
    tell(told.socket('c1').ready(), told);
    expect(heartbeat(BUDGETS)(told.history)).toMatchObject(expected);
  });
}
