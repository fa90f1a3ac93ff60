import { expect, test } from '@playwright/test';
import type { MemorySample } from '../../../../src/load/judge/memory.ts';
import { memoryStaysFlat } from '../../../../src/load/judge/memory.ts';

function soakOf(heaps: readonly number[]): readonly MemorySample[] {
  return heaps.map((heapMb, n) => ({ atMs: n * 1000, heapMb, residentMb: heapMb + 80, entry: n }));
}

test('memory that only grows at first stays flat', () => {
  expect(memoryStaysFlat(soakOf([40, 55, 60, 61, 60, 62, 61, 62, 61]))).toMatchObject({ holds: true });
});

test('memory that grows with the run is a fault of the harness', () => {
  const leaking = Array.from({ length: 30 }, (_, n) => 40 + 2 * n);
  expect(memoryStaysFlat(soakOf(leaking))).toMatchObject({
    holds: false,
    findings: [{ code: 'harness-memory-grows', blame: 'harness' }],
  });
});

test('three samples are too few to judge memory', () => {
  expect(memoryStaysFlat(soakOf([40, 41, 42]))).toMatchObject({ holds: 'unknown' });
});
