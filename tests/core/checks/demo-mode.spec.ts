import { expect, test } from '@playwright/test';
import { alwaysOnFailures } from '../../../src/checks/standard-checks.ts';
import { fanOut } from '../../../src/checks/fan-out.ts';
import { handshake } from '../../../src/checks/handshake.ts';
import { isolation } from '../../../src/checks/isolation.ts';
import { welcome } from '../../../src/checks/welcome.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { judgesTo, opened } from './judges-to.ts';

const PROVES_NOTHING = 'unknown: auth-bypass-active';

/** Two users whom the server takes for one, as beta-14 was observed to. */
const everybodyIsDemo = ({ socket }: FakeHistory) =>
  [socket('c1', 'anna'), socket('c2', 'bert')].map((each) => each.asks().opens().welcomed('demo-use...'));

judgesTo('welcome', welcome(BUDGETS), [
  {
    title: 'a welcome that names the demo user proves nothing, whole or shortened',
    verdict: {
      holds: 'unknown',
      findings: [
        {
          code: 'auth-bypass-active',
          blame: 'environment',
          found: 'user demo-use...',
          because: 'the token is for anna, the welcome names the bypass user demo-use...',
          entries: [2],
        },
      ],
    },
    history: opened((c1) => c1.welcomed('demo-use...'), 'anna'),
  },
  {
    title: 'our own user, shortened to three dots',
    gives: 'holds',
    history: opened((c1) => c1.welcomed('ann...'), 'anna'),
  },
  {
    title: 'our own user, shortened to one character',
    gives: 'holds',
    history: opened((c1) => c1.welcomed('ann…'), 'anna'),
  },
  {
    title: 'a test user of ours who is called like the demo user',
    gives: 'holds',
    history: opened((c1) => c1.welcomed('demo-use...'), 'demo-user-of-ours'),
  },
]);

judgesTo('handshake', handshake(), [
  { title: 'a good token where every token is good', gives: PROVES_NOTHING, history: everybodyIsDemo },
]);

judgesTo('isolation', isolation(), [
  { title: 'several users where all are one', gives: PROVES_NOTHING, history: everybodyIsDemo },
  {
    title: 'an event that anybody may have asked for',
    gives: PROVES_NOTHING,
    history: ({ socket }) => socket('c1', 'anna').asks().opens().welcomed('demo-user-001').event('a', 'agent_started'),
  },
]);

judgesTo('fan-out', fanOut(), [
  {
    title: 'a user on two connections where another user, who is the same, gets less',
    gives: 'holds',
    history: (fake) => {
      const [anna, bert] = everybodyIsDemo(fake);
      const again = fake.socket('c3', 'anna').asks().opens().welcomed('demo-use...');
      anna?.runs('a').event('a', 'agent_started');
      again.event('a', 'agent_started');
      bert?.quiet();
    },
  },
]);

test('always-on: that every token is good is no news for a test that rests on no identity', () => {
  const fake = fakeHistory();
  fake.socket('c1', 'anna').asks().opens().welcomed('demo-use...');
  const ofTest = { check: 'heartbeat', holds: true, because: '', notes: [], evidence: [0] } as const;
  expect(alwaysOnFailures(fake.history, [ofTest], [])).toEqual([]);
});
