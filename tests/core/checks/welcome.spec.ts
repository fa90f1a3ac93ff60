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

const LAWS: Readonly<Record<string, readonly [readonly number[], string]>> = {
  'that grow evenly': [
    [1000, 2000, 3000, 4000],
    '4 of 4 welcomes came late: c1 1000 ms, c2 2000 ms, c3 3000 ms, c4 4000 ms after the upgrade; 200 ms are allowed; each further user waits 1.0 s more: they are served one by one',
  ],
  'that come together in the end': [
    [4000, 4000, 4100, 4100],
    '; 4 connected together and the last waited 4.1 s, as it is when each further user waits 1.0 s more: they are served one by one',
  ],
  'of two connections': [
    [1000, 2000],
    '2 of 2 welcomes came late: c1 1000 ms, c2 2000 ms after the upgrade; 200 ms are allowed; no lag',
  ],
  'of one connection among others': [
    [10, 20, 3000],
    'the welcome (#8) came 3000 ms after the upgrade; 200 ms are allowed; no lag',
  ],
};

for (const [name, [waits, because]] of Object.entries(LAWS)) {
  test(`welcome: late welcomes ${name} are one finding with its law`, () => {
    const { history, socket, at } = fakeHistory();
    const sockets = waits.map((_, position) => socket(`c${position + 1}`).asks());
    for (const each of sockets) {
      at(100);
      each.opens();
    }
    for (const [position, tookMs] of waits.entries()) {
      at(100 + tookMs);
      sockets[position]?.welcomed();
    }
    const verdict = welcome(BUDGETS)(history);
    expect(codesOf(verdict)).toBe('welcome-late');
    expect(verdict.because).toContain(because);
  });
}
