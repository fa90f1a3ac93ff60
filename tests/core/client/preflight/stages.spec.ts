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

test('clock: without a Date header nothing is found, and the probe does not fail', () => {
  const probe = probeClock(health(), now);
  expect([probe.found, probe.error]).toEqual([undefined, undefined]);
});
