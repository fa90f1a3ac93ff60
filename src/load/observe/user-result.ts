import type { Finding } from '../../checks/verdict.ts';
import type { LatencyMetric } from './latency-metrics.ts';

/** What one check found at one member; `certain` is false for a doubt. */
export interface UserFinding extends Finding {
  readonly check: string;
  readonly certain: boolean;
}

export type UserOutcome = 'passed' | 'failed' | 'unverified';

/** What is kept of every member: small, plain data that can be merged with that of other processes. */
export interface UserResult {
  readonly number: number;
  readonly name: string;
  readonly user: string;
  readonly outcome: UserOutcome;
  readonly findings: readonly UserFinding[];
  /** Milliseconds of each phase that was reached; of several runs the longest. */
  readonly phasesMs: Readonly<Partial<Record<LatencyMetric, number>>>;
  /** Since the part began, in milliseconds: intended start, actual start, open, first failure. */
  readonly intendedAtMs: number;
  readonly startedAtMs: number;
  readonly openedAtMs: number | undefined;
  readonly failedAtMs: number | undefined;
  readonly backedOff: number;
  /** The nonces of its own requests. */
  readonly nonces: readonly string[];
  /** Nonces that reached it and are not its own. */
  readonly foreignNonces: readonly string[];
  readonly entries: number;
}
