import type { Spread } from './spread.ts';

/** One line of the table: what was measured, against what, and how far it may go. */
export interface Row {
  readonly what: string;
  readonly against: string;
  /** In words, such as `at most 1.5`. */
  readonly reach: string;
  readonly ours: string;
  readonly theirs: string;
  readonly ratio: Spread;
  readonly holds: boolean;
  /** Every raw measurement, for `reports/bench.json`. */
  readonly raw: unknown;
  readonly remark?: string;
}

/** What a benchmark is run with. */
export interface BenchOptions {
  readonly rounds: number;
  /** Size of the large fleets. */
  readonly connections: number;
}

/** Ratios of measurements that were taken in turn, each to the one taken beside it. */
export function ratios(ours: readonly number[], theirs: readonly number[]): readonly number[] {
  return ours.map((value, round) => value / (theirs[round] ?? NaN));
}
