import { expect, test } from '@playwright/test';
import { closestEnd } from '../../../../src/load/judge/idle-stability.ts';

const MINUTE = 60_000;

test('the known end whose age is nearest is named', () => {
  expect(closestEnd({ ageMs: 6_300, closeCode: 1011 })).toMatchObject({ signature: 'FM-47' });
  expect(closestEnd({ ageMs: 121_000, closeCode: 1006 })).toMatchObject({ signature: 'FM-46' });
  expect(closestEnd({ ageMs: 5 * MINUTE + 200, closeCode: 1006 })).toMatchObject({ signature: 'proxy cut' });
});

test('a proxy is suspected only where there was no close frame', () => {
  expect(closestEnd({ ageMs: 5 * MINUTE, closeCode: 1011 })).toBeUndefined();
});

test('a multiple of the heartbeat interval of a server is a known end', () => {
  const end = closestEnd({ ageMs: 40_500, closeCode: 1011, heartbeatMs: 20_000 });
  expect(end).toMatchObject({ looksLike: '2 times the heartbeat interval of 20 s' });
});

test('no known end is named when the age is far from every known one', () => {
  expect(closestEnd({ ageMs: 13_000, closeCode: 1006 })).toBeUndefined();
});
