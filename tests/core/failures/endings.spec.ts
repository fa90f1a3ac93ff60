import { expect, test } from '@playwright/test';
import { closesEarly, diagnosisOf, testDiagnoses } from './diagnosed-history.ts';
import type { MakeHistory } from './diagnosed-history.ts';

const asksAgent: MakeHistory = (fake) => void fake.socket('c1').ready().runs('r1').event('r1', 'agent_started');
const PING = { type: 'ping', timestamp: 7 };

const closed =
  (code: number, reason: string): MakeHistory =>
  (fake) =>
    closesEarly(fake, code, reason);

testDiagnoses([
  { when: '1011 with a reason before the welcome', history: closed(1011, 'Internal error'), signature: 'FM-22' },
  { when: '1011 without a reason before the welcome', history: closed(1011, ''), signature: 'closed-1011-silently' },
  { when: '1011 that speaks of authentication', history: closed(1011, 'SSOT Auth failed'), signature: 'FM-28' },
  { when: 'an unsolicited 1000 before the welcome', history: closed(1000, ''), signature: 'FM-30' },
  { when: '1006 before the welcome', history: closed(1006, ''), signature: 'FM-32' },
  { when: '1008 for a bad token', history: closed(1008, 'Authentication failed'), signature: 'FM-28' },
  {
    when: '1008 for too many connections',
    history: closed(1008, 'Too many concurrent connections (5/5)'),
    signature: 'FM-70',
  },
  { when: '1008 for a rate', history: closed(1008, 'Rate limit exceeded - retry after 5s'), signature: 'FM-71' },
  { when: '4001 before the welcome', history: closed(4001, 'Authentication failed'), signature: 'FM-28' },
  {
    when: '1011 after a long wait, with any reason',
    history: (fake) => {
      const socket = fake.socket('c1').asks().opens();
      fake.at(30_000);
      socket.closed(1011, 'Internal error');
    },
    signature: 'FM-24',
  },
  {
    when: '1000 that answers the close of the client',
    history: (fake) => void fake.socket('c1').ready().closed(1000, '', 'us'),
    signature: undefined,
  },
  {
    when: 'a ping without an answer on an open connection',
    history: (fake) => void fake.socket('c1').ready().sends(PING).deadline('pong'),
    signature: 'FM-44',
  },
  {
    when: 'a ping without an answer on a connection that ended',
    history: (fake) => void fake.socket('c1').ready().sends(PING).closed(1006),
    signature: 'FM-42',
  },
  {
    when: 'a connection that was never welcomed and answers nothing',
    history: (fake) => {
      const socket = fake.socket('c1').asks().opens().deadline('welcome');
      socket.sends(PING).deadline('pong').runs('r1').deadline('run r1');
    },
    signature: 'FM-35',
  },
  {
    when: 'a socket that misses events because it ended',
    history: (fake) => {
      const [older, newer] = [fake.socket('c1', 'anna').ready(), fake.socket('c2', 'anna').ready()];
      newer.runs('r1');
      older.closed(1006);
      newer.fiveEvents('r1');
    },
    signature: 'FM-46',
  },
]);

test('an unsolicited 1000 in the middle of a run stays one, in the phase of the events', () => {
  const diagnosis = diagnosisOf((fake) => {
    asksAgent(fake);
    fake.socket('c1').closed(1000, 'main cleanup');
  });
  expect(diagnosis).toMatchObject({ signature: 'FM-30', phase: 'events' });
});

test('connections that end at the same moment share a cause, and are no idle limit', () => {
  const diagnosis = diagnosisOf((fake) => {
    const [first, second] = [fake.socket('c1').ready(), fake.socket('c2').ready()];
    fake.at(5000);
    first.closed(1006);
    second.closed(1006);
  });
  expect(diagnosis?.signature).not.toBe('idle-limit');
});
