import { expect, test } from '@playwright/test';
import { probeClock } from '../../../../src/client/preflight/stages.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const health = (date?: string) =>
  ({
    kind: 'probe',
    name: 'health',
    target: 'GET /health',
    durationMs: 100,
    ...(date !== undefined && { headers: { date } }),
  }) as const;

test('clock: a skew within the tolerance is recorded, and does not fail', () => {
  const probe = probeClock(health('Sun, 22 Nov 2026 11:59:30 GMT'), now);
  expect(probe).toMatchObject({ found: 'our clock is 30000 ms ahead, give or take 1100 ms' });
  expect(probe.error).toBeUndefined();
});

for (const date of ['Sun, 22 Nov 2026 11:58:00 GMT', 'Sun, 22 Nov 2026 12:02:00 GMT']) {
  test(`clock: a server that says ${date} at noon is too far apart`, () => {
    expect(probeClock(health(date), now).error).toContain('at most 60000 ms are tolerated');
  });
}

test('clock: the age of an answer from a cache is no skew', () => {
  const fiveMinutesOld = { ...health(), headers: { date: 'Sun, 22 Nov 2026 11:55:00 GMT', age: '300' } };
  expect(probeClock(fiveMinutesOld, now).found).toBe(
    'our clock is 0 ms ahead, give or take 2100 ms; a cache stored the answer 300 s before',
  );
});

test('clock: a skew is seen through a cache, too', () => {
  const fiveMinutesOld = { ...health(), headers: { date: 'Sun, 22 Nov 2026 11:50:00 GMT', age: '300' } };
  expect(probeClock(fiveMinutesOld, now).error).toContain('our clock is 300000 ms ahead');
});

test('clock: a cache that does not say how old its answer is shows no time', () => {
  const stored = { ...health(), headers: { date: 'Sun, 22 Nov 2026 11:00:00 GMT', 'cf-cache-status': 'HIT' } };
  const probe = probeClock(stored, now);
  expect([probe.found, probe.error]).toEqual([undefined, undefined]);
});

test('clock: without a Date header nothing is found, and the probe does not fail', () => {
  const probe = probeClock(health(), now);
  expect([probe.found, probe.error]).toEqual([undefined, undefined]);
});
