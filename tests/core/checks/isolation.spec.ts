import { expect, test } from '@playwright/test';
import { fanOut } from '../../../src/checks/fan-out.ts';
import { isolation } from '../../../src/checks/isolation.ts';
import { codesOf } from './codes.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Tell = (anna: FakeConnection, bert: FakeConnection) => void;

const LEAKS: Readonly<Record<string, readonly [string, Tell]>> = {
  'two users with a run each': [
    'holds',
    (anna, bert) => void [anna.runs('a').fiveEvents('a'), bert.runs('b').fiveEvents('b')],
  ],
  "another user's event": ['foreign-event', (anna, bert) => void [anna.runs('a'), bert.event('a', 'agent_started')]],
  'an event with another user id': [
    'foreign-user',
    (anna) => void anna.runs('a').event('a', 'agent_started', { user_id: 'somebody' }),
  ],
  'an event of a thread that nobody was told of': [
    'foreign-thread',
    (anna) => void anna.runs('a').event('a', 'agent_started').event('a', 'agent_completed', { thread_id: 'other' }),
  ],
  'an event of a thread that another user asked for': [
    'foreign-thread',
    (anna, bert) => void [bert.runs('b'), anna.runs('a').hears({ type: 'agent_started', run_id: 'a', thread_id: 'b' })],
  ],
  'an announcement of a thread that another user was told of': [
    'foreign-thread',
    (anna, bert) => {
      for (const each of [bert, anna]) each.hears({ type: 'thread_created', payload: { thread_id: 'of-bert' } });
    },
  ],
  'a thread of the server, announced': [
    'holds',
    (anna) => {
      anna.runs('a').hears({ type: 'thread_created', payload: { thread_id: 'made' } });
      anna.hears({ type: 'agent_started', payload: { thread_id: 'made', run_id: 'r' } });
    },
  ],
  'a thread of the server that only the events name': [
    'holds',
    (anna) => void anna.runs('a').event('a', 'agent_started', { thread_id: 'made' }),
  ],
  'events on another thread than the announced one': [
    'foreign-thread',
    (anna) => {
      anna.runs('a').hears({ type: 'thread_created', payload: { thread_id: 'made' } });
      anna.event('a', 'agent_started', { thread_id: 'other' });
    },
  ],
  'two run ids in one run': [
    'foreign-run',
    (anna) =>
      void anna.runs('a').event('a', 'agent_started', { run_id: 'r1' }).event('a', 'agent_completed', { run_id: 'r2' }),
  ],
  'an event that nobody asked for': ['unasked-event', (anna) => void anna.event('a', 'agent_started')],
  "a quotation of another user's prompt": [
    'foreign-nonce',
    (anna, bert) => void [anna.runs('aaaaaaaa'), bert.hears({ type: 'notice', text: 'about nonce-aaaaaaaa' })],
  ],
};

for (const [name, [expected, tell]] of Object.entries(LEAKS)) {
  test(`isolation: ${name} is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1', 'anna').ready(), socket('c2', 'bert').ready());
    expect(codesOf(isolation()(history))).toBe(expected);
  });
}

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

const HARMLESS: Readonly<Record<string, readonly [string, (c1: FakeConnection) => FakeConnection]>> = {
  'a quotation of a nonce that nobody sent': [
    'holds',
    (c1) => c1.ready().hears({ type: 'notice', text: 'nonce-zzzzzzzz' }),
  ],
  'a quotation of its own prompt': [
    'holds',
    (c1) => c1.ready().runs('aaaaaaaa').hears({ type: 'notice', text: 'nonce-aaaaaaaa' }),
  ],
  'a socket that was welcomed and ended': ['holds', (c1) => c1.ready().closed(1011)],
  'a socket that ended and heard nothing': ['unknown: not-welcomed', (c1) => c1.asks().opens().closed(1000)],
  'a socket that is open and heard nothing': ['unknown: not-welcomed', (c1) => c1.asks().opens()],
};

for (const [what, [expected, tell]] of Object.entries(HARMLESS)) {
  test(`isolation: ${what} alone is ${expected}`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1', 'anna'));
    expect(codesOf(isolation()(history))).toBe(expected);
  });
}

test('fan-out: a socket of the user that gets less than another is told', () => {
  const { history, socket } = fakeHistory();
  const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a').event('a', 'agent_started');
  watching.event('a', 'agent_started');
  asking.event('a', 'agent_completed');
  expect(codesOf(fanOut()(history))).toBe('fan-out-missing');
  watching.event('a', 'agent_completed');
  expect(codesOf(fanOut()(history))).toBe('holds');
});

test('fan-out: one socket alone shows nothing', () => {
  const { history, socket } = fakeHistory();
  socket('c1', 'anna').ready().runs('a').fiveEvents('a');
  expect(codesOf(fanOut()(history))).toBe('unknown: not-asked');
});

test('fan-out: the asking socket may be the one that gets too little', () => {
  const { history, socket } = fakeHistory();
  const [asking, newest] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
  asking.runs('a');
  newest.event('a', 'agent_started');
  const verdict = fanOut()(history);
  expect(verdict.holds === false ? verdict.findings.map(({ code, connection }) => [code, connection]) : []).toEqual([
    ['fan-out-missing', 'c1'],
  ]);
});
