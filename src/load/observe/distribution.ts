import type { Histogram } from 'hdr-histogram-js';
import { build, decodeFromCompressedBase64, encodeIntoCompressedBase64 } from 'hdr-histogram-js';

const MICROSECONDS = 1000;
const SIGNIFICANT_DIGITS = 3;

/** A distribution of durations that can be merged with others without losing precision; 1 µs fine, three digits. */
export interface Distribution {
  record(ms: number): void;
  /** Records a delay together with those that it hid: something due every `intervalMs` was late for each of them. */
  recordWithHidden(ms: number, intervalMs: number): void;
  merge(other: Distribution): void;
  readonly count: number;
  readonly maxMs: number;
  /** `percentile` from 0 to 100. */
  atMs(percentile: number): number;
  /** Text that {@link readDistribution} reads. */
  toText(): string;
  readonly histogram: Histogram;
}

/** A distribution without a sample. */
export function createDistribution(): Distribution {
  return distributionOver(
    build({ bitBucketSize: 32, numberOfSignificantValueDigits: SIGNIFICANT_DIGITS, autoResize: true }),
  );
}

/** Reads what `toText` wrote, into one that can grow: a decoded histogram holds no larger values than it held before. */
export function readDistribution(text: string): Distribution {
  const distribution = createDistribution();
  distribution.histogram.add(decodeFromCompressedBase64(text));
  return distribution;
}

function distributionOver(histogram: Histogram): Distribution {
  const units = (ms: number): number => Math.max(0, Math.round(ms * MICROSECONDS));
  return {
    histogram,
    record: (ms) => histogram.recordValue(units(ms)),
    recordWithHidden: (ms, intervalMs) => histogram.recordValueWithExpectedInterval(units(ms), units(intervalMs)),
    merge: (other) => histogram.add(other.histogram),
    get count() {
      return histogram.totalCount;
    },
    get maxMs() {
      return histogram.totalCount === 0 ? 0 : histogram.maxValue / MICROSECONDS;
    },
    atMs: (percentile) => histogram.getValueAtPercentile(percentile) / MICROSECONDS,
    toText: () => encodeIntoCompressedBase64(histogram),
  };
}

/** Merges distributions by name. */
export function mergeByName<Name extends string>(
  names: readonly Name[],
  several: readonly Readonly<Partial<Record<Name, string>>>[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name) => {
      const merged = createDistribution();
      for (const texts of several) {
        const text = texts[name];
        if (text !== undefined) merged.merge(readDistribution(text));
      }
      return [name, merged.toText()];
    }),
  );
}
