import { expect, test } from '@playwright/test';
import type { MemorySample } from '../../../../src/load/judge/memory.ts';
import { memoryStaysFlat } from '../../../../src/load/judge/memory.ts';

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
