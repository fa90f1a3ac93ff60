import type { FindingCode } from '../../checks/findings.ts';

/** How one attempt ended; `unverified` when our own delay could explain what went wrong. */
export const OUTCOMES = ['succeeded', 'failed', 'unverified'] as const;

export type AttemptOutcome = (typeof OUTCOMES)[number];

/** What is kept of one connection attempt: small, plain, and independent of its history. All times are milliseconds. */
export interface Observation {
  /** Its name in the history. */
  readonly connection: string;
  readonly outcome: AttemptOutcome;
  /** What went wrong first, and how the connection ended, such as `closed-before-welcome, close 1011 "Internal error"`. */
  readonly signature: string;
  /** Codes of everything that was found. */
  readonly codes: readonly FindingCode[];
  /** Whether the server ended the connection with 1011. */
  readonly internalError: boolean;
  /** The upgrade request, on the monotonic clock of the history. */
  readonly startedAtMs: number;
  /** From the upgrade request to the end that was not ours, or to the refusal; absent when neither happened. */
  readonly endedAfterMs?: number;
  readonly latenciesMs: {
    readonly connect?: number;
    readonly welcome?: number;
    readonly pong?: number;
  };
  /** Runs that were asked for, and how many of them delivered all of their events. */
  readonly runs: { readonly asked: number; readonly complete: number };
  /** Entries of the history that show it: milestones when it succeeded, what the findings cite when not. */
  readonly entries: readonly number[];
}

/** The attempts that say something about the product. */
export function verified(observations: readonly Observation[]): readonly Observation[] {
  return observations.filter(({ outcome }) => outcome !== 'unverified');
}
