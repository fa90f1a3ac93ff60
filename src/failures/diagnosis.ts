import type { Blame, Phase } from '../checks/blame.ts';
import type { RowWithoutSignature, SignatureId } from './signatures/ids.ts';
import type { Recurrence } from './recurrence.ts';

/** The failure that a whole history looks most like. What was measured is fact; the causes are candidates. */
export interface Diagnosis {
  readonly signature: SignatureId;
  readonly title: string;
  readonly phase: Phase;
  readonly blame: Blame;
  /** The rule that matched, in words. */
  readonly rule: string;
  readonly measured: readonly string[];
  /** Causes that would explain it; none of them is asserted. */
  readonly candidates: readonly string[];
  readonly next: readonly string[];
  /** What else it could be: less specific matches, and failures that look the same on the wire. */
  readonly alternatives: readonly (SignatureId | RowWithoutSignature)[];
  /** How often it happened, where connections failed. */
  readonly recurrence?: Recurrence;
}

/** What scripts read of a diagnosis. */
export type DiagnosisInShort = Pick<
  Diagnosis,
  'signature' | 'title' | 'phase' | 'blame' | 'alternatives' | 'recurrence'
>;

/** The file that explains every signature, relative to the root of the project. */
export const FAILURES_FILE = 'docs/failures.md';

/** Where a signature is explained. `file` is where the reader finds {@link FAILURES_FILE}. */
export function linkTo(signature: SignatureId | RowWithoutSignature, file: string = FAILURES_FILE): string {
  return `${file}#${signature.toLowerCase()}`;
}

/** A diagnosis as one line. */
export function summary({ signature, title, phase, blame }: Diagnosis): string {
  return `${signature}: ${title} (phase ${phase}, blame ${blame})`;
}

/** The part of a diagnosis that scripts read. */
export function inShort({ signature, title, phase, blame, alternatives, recurrence }: Diagnosis): DiagnosisInShort {
  return { signature, title, phase, blame, alternatives, ...(recurrence !== undefined && { recurrence }) };
}
