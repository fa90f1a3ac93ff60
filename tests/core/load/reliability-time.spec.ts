import { expect, test } from '@playwright/test';
import { closestDeath } from '../../../src/load/judge/idle-stability.ts';
import type { MemorySample } from '../../../src/load/judge/memory.ts';
import { memoryStaysFlat } from '../../../src/load/judge/memory.ts';
import { outagesOf } from '../../../src/load/judge/outages.ts';
import type { ServiceSample } from '../../../src/load/judge/outages.ts';

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

function soakOf(heaps: readonly number[]): readonly MemorySample[] {
  return heaps.map((heapMb, n) => ({ atMs: n * 1000, heapMb, residentMb: heapMb + 80, entry: n }));
}

test('calls memory flat that only warms up', () => {
  expect(memoryStaysFlat(soakOf([40, 55, 60, 61, 60, 62, 61, 62, 61]))).toMatchObject({ holds: true });
});

test('calls memory that grows with the run a fault of the harness', () => {
  const leaking = Array.from({ length: 30 }, (_, n) => 40 + 2 * n);
  expect(memoryStaysFlat(soakOf(leaking))).toMatchObject({
    holds: false,
    findings: [{ code: 'harness-memory-grows', blame: 'harness' }],
  });
});

test('does not judge memory by three samples', () => {
  expect(memoryStaysFlat(soakOf([40, 41, 42]))).toMatchObject({ holds: 'unknown' });
});

function samplesFrom(pattern: string): readonly ServiceSample[] {
  return pattern.split('').map((letter, n) => ({
    atMs: n * 100,
    connection: `c${n}`,
    health: 'up',
    readiness: 'up',
    works: letter === '+',
    ran: false,
    entries: [n],
  }));
}

test('finds outages that last long enough, and when they ended', () => {
  expect(outagesOf(samplesFrom('++--+-+'), 2)).toMatchObject([{ fromMs: 200, toMs: 400, ended: true }]);
  expect(outagesOf(samplesFrom('++--+-+'), 3)).toEqual([]);
  expect(outagesOf(samplesFrom('+---'), 3)).toMatchObject([{ fromMs: 100, toMs: 300, ended: false }]);
});
