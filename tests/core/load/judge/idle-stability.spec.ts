import { expect, test } from '@playwright/test';
import { closestDeath } from '../../../../src/load/judge/idle-stability.ts';

const MINUTE = 60_000;

test('names the known death whose age is nearest', () => {
  expect(closestDeath({ ageMs: 6_300, closeCode: 1011 })).toMatchObject({ signature: 'FM-47' });
  expect(closestDeath({ ageMs: 121_000, closeCode: 1006 })).toMatchObject({ signature: 'FM-46' });
  expect(closestDeath({ ageMs: 5 * MINUTE + 200, closeCode: 1006 })).toMatchObject({ signature: 'proxy cut' });
});

test('blames a proxy only where there was no close frame', () => {
  expect(closestDeath({ ageMs: 5 * MINUTE, closeCode: 1011 })).toBeUndefined();
});

test('knows the heartbeat of a server as an age to die at', () => {
  const death = closestDeath({ ageMs: 40_500, closeCode: 1011, heartbeatMs: 20_000 });
  expect(death).toMatchObject({ looksLike: '2 times the heartbeat interval of 20 s' });
});

test('names no death that is far from every known age', () => {
  expect(closestDeath({ ageMs: 13_000, closeCode: 1006 })).toBeUndefined();
});
