import { expect, test } from '@playwright/test';
import { createDistribution } from '../../../../src/load/observe/distribution.ts';
import { latencyFigures, metricTimings } from '../../../../src/load/observe/latency-metrics.ts';
import { fakeHistory } from '../../histories/fake-history.ts';

test('a percentile is trusted when our own delay in the same time was small', () => {
  const [values, calm, late] = [createDistribution(), createDistribution(), createDistribution()];
  values.record(20);
  calm.record(2);
  late.record(50);
  const latencies = { pong: values.toText(), welcome: values.toText(), connect: values.toText() };
  const figures = latencyFigures({ latencies, lag: { pong: calm.toText(), welcome: late.toText() } });
  expect(figures.map(({ metric, trusted }) => [metric, trusted])).toEqual([
    ['connect', false],
    ['welcome', false],
    ['pong', true],
  ]);
});

test('the time from the intended start includes how late we started ourselves', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready();
  const requestMs = history[0]?.atMs ?? 0;
  const timings = metricTimings(history, { intendedMs: requestMs - 30, actualMs: requestMs - 5 }, undefined);
  const took = Object.fromEntries(timings.map(({ metric, fromMs, toMs }) => [metric, toMs - fromMs]));
  expect(took).toEqual({ 'connect-start-delay': 25, connect: 10, 'connect-from-intended': 40, welcome: 10 });
});
