import { expect, test } from '@playwright/test';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { pendingAnswers } from '../../../src/report/pending-answers.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const NOW_MS = 60_000;

/** What a recorded connection waits for after a minute. */
function waits(record: (c1: FakeConnection) => void): readonly string[] {
  const fake = fakeHistory();
  record(fake.socket('c1'));
  return pendingAnswers(fake.history, NOW_MS, 5000).map(({ what }) => what);
}

test('pending answers: each milestone that has not come is named', () => {
  expect(waits((c1) => c1.asks())).toEqual(['the answer to its upgrade']);
  expect(waits((c1) => c1.asks().opens())).toEqual(['its welcome']);
  expect(waits((c1) => c1.ready().sends(pingMessage('a', 1)))).toEqual(['a pong']);
  expect(waits((c1) => c1.ready().runs('r1'))).toEqual([expect.stringMatching(/^the next event of .*, no event yet$/)]);
  expect(waits((c1) => c1.ready().runs('r1').event('r1', 'agent_started'))).toEqual([
    expect.stringContaining('the last was agent_started'),
  ]);
});

test('pending answers: what came, was refused, has ended or was given up is not awaited', () => {
  expect(waits((c1) => c1.ready().runs('r1').fiveEvents('r1'))).toEqual([]);
  expect(waits((c1) => c1.asks().refused(503))).toEqual([]);
  expect(waits((c1) => c1.asks().opens().closed(1000))).toEqual([]);
  expect(waits((c1) => c1.asks().opens().deadline('welcome'))).toEqual([]);
});

test('pending answers: a short wait is not reported, and a long one says how long', () => {
  const fake = fakeHistory();
  fake.socket('c1').asks().opens();
  const opened = fake.history.at(-1)?.atMs ?? 0;
  expect(pendingAnswers(fake.history, opened + 4999, 5000)).toEqual([]);
  expect(pendingAnswers(fake.history, opened + 5000, 5000)).toEqual([
    { connection: 'c1', what: 'its welcome', forMs: 5000 },
  ]);
});
