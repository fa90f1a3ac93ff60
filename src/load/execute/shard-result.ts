import type { SavedEntry } from '../../report/saved-history.ts';
import type { FleetLoad } from './load.ts';
import type { UserResult } from '../observe/user-result.ts';
import type { LatencyMetric } from '../observe/latency-metrics.ts';
import type { Shard, UserRange } from './user-range.ts';

/** The whole history of one member. */
export interface KeptHistory {
  readonly number: number;
  readonly entries: readonly SavedEntry[];
}

/** Members of whom nothing is known, and why. */
export interface UnjudgedRange {
  readonly span: UserRange;
  readonly because: string;
}

/** The longest of our own delays within one window of time. */
export interface LagWindow {
  /** Since the part began. */
  readonly atMs: number;
  readonly worstMs: number;
}

/** What one slice of a fleet, run in one thread, hands back. */
export interface ShareResult {
  readonly span: UserRange;
  readonly members: readonly UserResult[];
  /** Distributions as text; see `readDistribution`. */
  readonly phases: Readonly<Partial<Record<LatencyMetric, string>>>;
  /** Our own delay while the phase was being measured, as distributions. */
  readonly lag: Readonly<Partial<Record<LatencyMetric, string>>>;
  readonly lagWindows: readonly LagWindow[];
  readonly kept: readonly KeptHistory[];
  readonly unjudged: readonly UnjudgedRange[];
  readonly stopped: string | undefined;
}

/** What one process hands back of a fleet; `reports/fleet-*.json` holds it. */
export interface ShardResult extends Omit<ShareResult, 'stopped'> {
  readonly format: 'fleet-part-1';
  readonly part: Shard;
  readonly project: string;
  readonly load: FleetLoad;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
  /** False while the part is still running, or when it died. */
  readonly finished: boolean;
}
