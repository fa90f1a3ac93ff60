import type { Verdict } from '../checks/verdict.ts';

/** The name of the attachment that carries a {@link ProofOfTest}. */
export const PROOF_ATTACHMENT = 'proof';

/** A verdict, without what only a reader needs. */
export interface ProvenVerdict {
  readonly check: string;
  readonly holds: Verdict['holds'];
  readonly notes: readonly string[];
  readonly findings: readonly { readonly code: string; readonly blame: string; readonly because: string }[];
}

/** What one test of the contract saw of one twin. */
export interface ProofOfTest {
  readonly verdicts: readonly ProvenVerdict[];
  /** Names of the faults that really changed something. */
  readonly fired: readonly string[];
  /** Our own worst delay, in milliseconds. */
  readonly lagMs: number;
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
  /** Signature of the diagnosis, such as `FM-22`; absent when nothing is wrong or nothing matches. */
  readonly diagnosis?: string;
}
