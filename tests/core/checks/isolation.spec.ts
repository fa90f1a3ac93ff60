import { expect, test } from '@playwright/test';
import { isolation } from '../../../src/checks/isolation.ts';
import type { FakeConnection, FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { codesOf, judgesTo } from './judges-to.ts';

/** A history of two users, each on a ready connection: the entries 0 to 5. */
const twoUsers =
  (record: (anna: FakeConnection, bert: FakeConnection) => void) =>
  ({ socket }: FakeHistory): void =>
    record(socket('c1', 'anna').ready(), socket('c2', 'bert').ready());

judgesTo('isolation', isolation(), [
  {
    title: 'two users with a run each',
    gives: 'holds',
    history: twoUsers((anna, bert) => void [anna.runs('a').fiveEvents('a'), bert.runs('b').fiveEvents('b')]),
  },
  {
    title: "another user's event",
    gives: 'foreign-event',
    history: twoUsers((anna, bert) => void [anna.runs('a'), bert.event('a', 'agent_started')]),
  },
  {
    title: 'an event with another user id',
    gives: 'foreign-user',
    history: twoUsers((anna) => void anna.runs('a').event('a', 'agent_started', { user_id: 'somebody' })),
  },
  {
    title: 'two run ids in one run',
    gives: 'foreign-run',
    history: twoUsers(
      (anna) =>
        void anna
          .runs('a')
          .event('a', 'agent_started', { run_id: 'r1' })
          .event('a', 'agent_completed', { run_id: 'r2' }),
    ),
  },
  {
    title: 'an event that nobody asked for',
    gives: 'unasked-event',
    history: twoUsers((anna) => void anna.event('a', 'agent_started')),
  },
  {
    title: "a quotation of another user's prompt",
    gives: 'foreign-nonce',
    history: twoUsers(
      (anna, bert) => void [anna.runs('aaaaaaaa'), bert.receives({ type: 'notice', text: 'about nonce-aaaaaaaa' })],
    ),
  },
  {
    title: 'a quotation of a nonce that nobody sent',
    gives: 'holds',
    history: ({ socket }) => socket('c1', 'anna').ready().receives({ type: 'notice', text: 'nonce-zzzzzzzz' }),
  },
  {
    title: 'a quotation of its own prompt',
    gives: 'holds',
    history: ({ socket }) =>
      socket('c1', 'anna').ready().runs('aaaaaaaa').receives({ type: 'notice', text: 'nonce-aaaaaaaa' }),
  },
  {
    title: 'a socket that was welcomed and ended',
    gives: 'holds',
    history: ({ socket }) => socket('c1', 'anna').ready().closed(1011),
  },
  {
    title: 'a socket that ended and heard nothing',
    gives: 'unknown: not-welcomed',
    history: ({ socket }) => socket('c1', 'anna').asks().opens().closed(1000),
  },
  {
    title: 'a socket that is open and heard nothing',
    gives: 'unknown: not-welcomed',
    history: ({ socket }) => socket('c1', 'anna').asks().opens(),
  },
  {
    title: 'two runs whose events only quote their prompts',
    gives: 'holds',
    history: ({ socket }) => {
      const c1 = socket('c1').ready().runs('aaaaaaaa').runs('bbbbbbbb');
      for (const type of ['agent_started', 'agent_completed']) {
        for (const id of ['bbbbbbbb', 'aaaaaaaa']) c1.receives({ type, message: `about nonce-${id}`, timestamp: 1 });
      }
    },
  },
  {
    title: 'progress that names another user',
    gives: 'foreign-user',
    history: ({ socket }) => socket('c1', 'anna').ready().receives({ type: 'agent_progress', user_id: 'bert' }),
  },
  {
    title: 'two users who ask and get nothing',
    gives: 'unknown: not-served',
    history: ({ socket }) => void [socket('c1', 'anna').ready().runs('a'), socket('c2', 'bert').ready().runs('b')],
  },
]);

test('isolation: where everybody is the demo user nothing is shown, but one user alone is no doubt', () => {
  const { history, socket } = fakeHistory();
  socket('c1', 'anna')
    .asks()
    .opens()
    .welcomed('demo-user-001')
    .runs('a')
    .event('a', 'agent_started', { user_id: 'demo-user-001' });
  expect(codesOf(isolation()(history))).toBe('holds');
  socket('c2', 'bert').asks().opens().welcomed('demo-user-001');
  expect(codesOf(isolation()(history))).toBe('unknown: auth-bypass-active');
});

const PROMISE = 'every message on a socket belongs to the user, the threads and the runs of that socket';

judgesTo('isolation', isolation(), [
  {
    title: 'an event that nobody asked for names both sides and cites them',
    verdict: {
      check: 'isolation',
      holds: false,
      findings: [
        {
          code: 'unasked-event',
          expected: PROMISE,
          found: 'an event nobody asked for',
          because: 'agent_started (#6) arrived on c1, which had asked for no run',
          entries: [6],
          connection: 'c1',
        },
      ],
    },
    history: twoUsers((anna) => void anna.event('a', 'agent_started')),
  },
  {
    title: "the failure of another user's run names both sides and cites them",
    verdict: {
      check: 'isolation',
      holds: false,
      findings: [
        {
          code: 'foreign-event',
          expected: PROMISE,
          found: "another user's event",
          because: 'agent_error (#7) of run a, asked for on c1 by anna, arrived on c2',
          entries: [6, 7],
          connection: 'c2',
        },
      ],
    },
    history: twoUsers((anna, bert) => void [anna.runs('a'), bert.event('a', 'agent_error')]),
  },
  {
    title: 'an event in the name of somebody else names both sides and cites them',
    verdict: {
      check: 'isolation',
      holds: false,
      findings: [
        {
          code: 'foreign-user',
          expected: 'user anna',
          found: 'user somebody',
          because: 'agent_started (#7) on c1 of anna names the user somebody',
          entries: [7],
          connection: 'c1',
        },
      ],
    },
    history: twoUsers((anna) => void anna.runs('a').event('a', 'agent_started', { user_id: 'somebody' })),
  },
  {
    title: 'a message in the name of somebody else names both sides and cites them',
    verdict: {
      check: 'isolation',
      holds: false,
      findings: [
        {
          code: 'foreign-user',
          expected: 'user anna',
          found: 'user somebody',
          because: 'notice (#6) on c1 of anna names the user somebody',
          entries: [6],
          connection: 'c1',
        },
      ],
    },
    history: twoUsers((anna) => void anna.receives({ type: 'notice', user_id: 'somebody' })),
  },
  {
    title: "a quotation of another user's prompt names both sides and cites them",
    verdict: {
      check: 'isolation',
      holds: false,
      findings: [
        {
          code: 'foreign-nonce',
          expected: PROMISE,
          found: 'the nonce nonce-aaaaaaaa',
          because: '#7 on c2 of bert quotes the prompt of run nonce-aaaaaaaa, asked for on c1 by anna',
          entries: [6, 7],
          connection: 'c2',
        },
      ],
    },
    history: twoUsers(
      (anna, bert) => void [anna.runs('aaaaaaaa'), bert.receives({ type: 'notice', text: 'nonce-aaaaaaaa' })],
    ),
  },
]);

test('isolation: two users who got nothing show nothing, and both requests are cited', () => {
  const { history, socket } = fakeHistory();
  const [anna, bert] = [socket('c1', 'anna').ready(), socket('c2', 'bert').ready()];
  anna.runs('a');
  bert.runs('b');
  const because = '2 runs of 2 users were asked for, and not one event came that could have gone astray';
  expect(isolation()(history)).toMatchObject({
    holds: 'unknown',
    findings: [{ code: 'not-served', because, entries: [6, 7] }],
  });
  anna.fiveEvents('a');
  expect(codesOf(isolation()(history))).toBe('holds');
});

test('isolation: where the deployment says that it lets everybody in, no leak between users is reported', () => {
  const { history, socket, probe } = fakeHistory();
  const [anna, bert] = [socket('c1', 'anna').ready(), socket('c2', 'bert').ready()];
  anna.runs('a');
  bert.event('a', 'agent_started');
  probe({ name: 'websocket-health', target: 'GET /ws/health', status: 200, body: '{"auth_bypass_active":true}' });
  expect(isolation()(history)).toMatchObject({
    holds: 'unknown',
    findings: [
      {
        code: 'auth-bypass-active',
        expected: PROMISE,
        found: 'nothing to judge',
        because: 'GET /ws/health says "auth_bypass_active":true',
        entries: [8],
      },
    ],
  });
});

test('isolation: an event before the welcome that nobody here asked for is a note, and never silent', () => {
  const fake = fakeHistory();
  fake.socket('c1', 'anna').asks().opens().event('a', 'agent_thinking').welcomed();
  const verdict = isolation()(fake.history);
  expect(verdict).toMatchObject({ holds: true, notes: [{ code: 'event-before-welcome', entries: [2] }] });
});
