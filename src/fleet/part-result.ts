import type { SavedEntry } from '../report/saved-history.ts';
import type { FleetLoad } from './load.ts';
import type { MemberResult } from './member-result.ts';
import type { Phase } from './phases.ts';
import type { Part, Span } from './span.ts';

/** The whole history of one member. */
export interface KeptHistory {
  readonly number: number;
  readonly entries: readonly SavedEntry[];
}

/** Members of whom nothing is known, and why. */
export interface Unjudged {
  readonly span: Span;
  readonly because: string;
}

/** The longest of our own delays within one window of time. */
export interface LagWindow {
  /** Since the part began. */
  readonly atMs: number;
  readonly worstMs: number;
}

/** What one slice of a fleet, run in one thread, hands back. */
export interface SliceResult {
  readonly span: Span;
  readonly members: readonly MemberResult[];
  /** Distributions as text; see `readDistribution`. */
  readonly phases: Readonly<Partial<Record<Phase, string>>>;
  /** Our own delay while the phase was being measured, as distributions. */
  readonly lag: Readonly<Partial<Record<Phase, string>>>;
  readonly lagWindows: readonly LagWindow[];
  readonly kept: readonly KeptHistory[];
  readonly unjudged: readonly Unjudged[];
  readonly stopped: string | undefined;
}

/** What one process hands back of a fleet; `reports/fleet-*.json` holds it. */
export interface PartResult extends Omit<SliceResult, 'stopped'> {
  readonly format: 'fleet-part-1';
  readonly part: Part;
  readonly project: string;
  readonly load: FleetLoad;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
  /** False while the part is still running, or when it died. */
  readonly finished: boolean;
}
