import { expect, test } from '@playwright/test';
import { isolation } from '../../../src/checks/isolation.ts';
import { codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const PROMISE = 'every message on a socket belongs to the user, the threads and the runs of that socket';

interface Leak {
  readonly code: string;
  readonly expected: string;
  readonly found: string;
  readonly because: string;
  readonly entries: readonly number[];
  readonly connection: string;
}

const LEAKS: Readonly<Record<string, readonly [(anna: FakeConnection, bert: FakeConnection) => void, Leak]>> = {
  'an event that nobody asked for': [
    (anna) => void anna.event('a', 'agent_started'),
    {
      code: 'unasked-event',
      expected: PROMISE,
      found: 'an event nobody asked for',
      because: 'agent_started (#6) arrived on c1, which had asked for no run',
      entries: [6],
      connection: 'c1',
    },
  ],
  "the failure of another user's run": [
    (anna, bert) => void [anna.runs('a'), bert.event('a', 'agent_error')],
    {
      code: 'foreign-event',
      expected: PROMISE,
      found: "another user's event",
      because: 'agent_error (#7) of run a, asked for on c1 by anna, arrived on c2',
      entries: [6, 7],
      connection: 'c2',
    },
  ],
  'an event in the name of somebody else': [
    (anna) => void anna.runs('a').event('a', 'agent_started', { user_id: 'somebody' }),
    {
      code: 'foreign-user',
      expected: 'user anna',
      found: 'user somebody',
      because: 'agent_started (#7) on c1 of anna names the user somebody',
      entries: [7],
      connection: 'c1',
    },
  ],
  'a message in the name of somebody else': [
    (anna) => void anna.hears({ type: 'notice', user_id: 'somebody' }),
    {
      code: 'foreign-user',
      expected: 'user anna',
      found: 'user somebody',
      because: 'notice (#6) on c1 of anna names the user somebody',
      entries: [6],
      connection: 'c1',
    },
  ],
  "a quotation of another user's prompt": [
    (anna, bert) => void [anna.runs('aaaaaaaa'), bert.hears({ type: 'notice', text: 'nonce-aaaaaaaa' })],
    {
      code: 'foreign-nonce',
      expected: PROMISE,
      found: 'the nonce nonce-aaaaaaaa',
      because: '#7 on c2 of bert quotes the prompt of run nonce-aaaaaaaa, asked for on c1 by anna',
      entries: [6, 7],
      connection: 'c2',
    },
  ],
};

for (const [what, [tell, leak]] of Object.entries(LEAKS)) {
  test(`isolation: ${what} names both sides and cites them`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1', 'anna').ready(), socket('c2', 'bert').ready());
    expect(isolation()(history)).toMatchObject({ check: 'isolation', holds: false, findings: [leak] });
  });
}

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

test('isolation: where the deployment says that it lets everybody in, no leak is told of several users', () => {
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
