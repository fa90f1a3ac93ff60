import { judgement } from '../../checks/judgement.ts';
import type { Verdict } from '../../checks/verdict.ts';

/** The memory of this harness at one moment of a soak; the heap is measured right after a collection. */
export interface MemorySample {
  /** Since the beginning, in milliseconds. */
  readonly atMs: number;
  readonly heapMb: number;
  readonly residentMb: number;
  /** Entry of the history that holds it. */
  readonly entry: number;
}

/** What may be added between the second and the last third of a soak, in megabytes: caches that fill, code that is compiled. */
const TOLERATED_MB = 8;
const FEWEST = 6;

/**
 * The memory of the harness itself does not grow with the length of the run: the heap of the last third is that of the
 * second, within a tolerance. The first third warms up.
 */
export function memoryStaysFlat(samples: readonly MemorySample[]): Verdict {
  const expected = `a heap that grows by less than ${TOLERATED_MB} MB from the second to the last third of the soak`;
  const judging = judgement('memory', expected);
  const third = Math.floor(samples.length / 3);
  const [second, last] = [samples.slice(third, 2 * third), samples.slice(2 * third)];
  const entries = samples.map(({ entry }) => entry);
  if (samples.length < FEWEST) {
    const because = `${samples.length} samples, where ${FEWEST} are needed to see growth`;
    judging.doubted({ code: 'too-few-to-tell', because, entries });
    return judging.verdict(because);
  }
  const grewMb = median(last) - median(second);
  const found = `${grewMb.toFixed(1)} MB, from ${median(second).toFixed(1)} to ${median(last).toFixed(1)} MB`;
  const because = `the heap of this harness grew by ${found}, over ${samples.length} samples`;
  if (grewMb >= TOLERATED_MB) judging.violated({ code: 'harness-memory-grows', expected, found, because, entries });
  judging.cite(...entries.map((index) => ({ index })));
  return judging.verdict(because);
}

function median(samples: readonly MemorySample[]): number {
  const sorted = samples.map(({ heapMb }) => heapMb).toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
