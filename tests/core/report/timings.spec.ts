import { expect, test } from '@playwright/test';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { latenciesOf } from '../../../src/report/timings.ts';
import { summarize } from '../../../src/reporters/metrics.ts';
import { fakeHistory } from '../histories/fake-history.ts';

test('latencies: each milestone of a connection and of a run is timed from the one before', () => {
  const fake = fakeHistory();
  fake
    .socket('c1')
    .ready()
    .sends(pingMessage('a', 1))
    .receives({ type: 'pong', timestamp: 1 })
    .runs('r1')
    .fiveEvents('r1');
  expect(latenciesOf(fake.history)).toEqual({
    connect: [10],
    welcome: [10],
    pong: [10],
    'first-event': [10],
    gap: [10, 10, 10, 10],
    run: [50],
  });
});

test('latencies: what was never answered has no sample', () => {
  const fake = fakeHistory();
  fake.socket('c1').asks().refused(503);
  fake.socket('c2').ready().sends(pingMessage('a', 1)).deadline('pong').runs('r1');
  const { connect, pong, run, 'first-event': first } = latenciesOf(fake.history);
  expect({ connect: connect.length, pong, run, first }).toEqual({ connect: 1, pong: [], run: [], first: [] });
});

test('latencies: a connection with a bad credential is not timed', () => {
  const fake = fakeHistory();
  fake.socket('c1').asks('wrong-secret').opens().welcomed();
  expect(latenciesOf(fake.history).connect).toEqual([]);
});

test('latencies: a summary keeps the worst exact and invents nothing for what has no sample', () => {
  const none = { connect: [], welcome: [], pong: [], 'first-event': [], gap: [], run: [] };
  const many = Array.from({ length: 100 }, (_, index) => index + 1);
  const [connect, ...others] = summarize([none, { ...none, connect: many }, { ...none, connect: [1234.5678] }]);
  expect(others).toEqual([]);
  expect(connect).toMatchObject({ latency: 'connect', samples: 101, worst: 1234.5678 });
  expect(connect?.p50).toBeCloseTo(51, 0);
  expect(connect?.p95).toBeCloseTo(96, 0);
});
