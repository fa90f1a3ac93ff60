import { expect, test } from '@playwright/test';
import { welcome } from '../../../src/checks/welcome.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Told = (told: FakeHistory) => void;

const WELCOMES: Readonly<Record<string, readonly [string, Told]>> = {
  'one welcome': ['holds', ({ socket }) => socket('c1').ready()],
  'a welcome that cuts the name': [
    'holds',
    ({ socket }) => socket('c1', 'abcdefgh-user').asks().opens().welcomed('abcdefgh...'),
  ],
  'notices before it': [
    'holds',
    ({ socket }) =>
      socket('c1').asks().opens().hears({ type: 'ping' }).hears({ type: 'handshake_validation' }).welcomed(),
  ],
  'a refused upgrade': ['unknown: not-connected', ({ socket }) => socket('c1').asks().refused(403)],
  'nobody waiting': ['unknown: not-awaited', ({ socket }) => socket('c1').asks().opens()],
  'silence to the deadline': ['welcome-missing', ({ socket }) => socket('c1').asks().opens().deadline('welcome')],
  'close 1011 before it': [
    'closed-before-welcome',
    ({ socket }) => socket('c1').asks().opens().closed(1011, 'Internal error'),
  ],
  'close 1000 before it': [
    'closed-before-welcome',
    ({ socket }) => socket('c1').asks().opens().closed(1000, 'main cleanup'),
  ],
  'an error in its place': [
    'welcome-replaced-by-error',
    ({ socket }) => socket('c1').asks().opens().hears({ type: 'error', message: 'x' }).closed(1011),
  ],
  'two of them': ['welcome-duplicated', ({ socket }) => socket('c1').ready().welcomed()],
  'another user': ['welcome-wrong-user', ({ socket }) => socket('c1').asks().opens().welcomed('somebody-else')],
  'another mode': [
    'welcome-wrong-mode',
    ({ socket }) =>
      socket('c1')
        .asks()
        .opens()
        .hears({ type: 'connect', data: { mode: 'legacy' } }),
  ],
  'an event of its run first': [
    'welcome-out-of-order',
    ({ socket }) => socket('c1').asks().opens().runs('one').event('one', 'agent_started').welcomed(),
  ],
  'a late one': [
    'welcome-late',
    ({ socket, at }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      c1.welcomed();
    },
  ],
  'a late one while we lagged ourselves': [
    'unknown: harness-lag',
    ({ socket, at, lag }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      lag(900);
      c1.welcomed();
    },
  ],
};

for (const [name, [expected, tell]] of Object.entries(WELCOMES)) {
  test(`welcome: ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(welcome(BUDGETS)(told.history))).toBe(expected);
  });
}
