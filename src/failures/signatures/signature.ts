import type { Blame, Phase } from '../../checks/blame.ts';
import type { Connection } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Evidence } from './evidence.ts';
import type { RowWithoutSignature, SignatureId } from './ids.ts';

/**
 * How much a match says, least first: anything at all (`residual`), a whole family of failures (`family`), one finding
 * code (`finding`), several facts together (`combination`), or a text that nothing else sends (`mark`).
 */
export const SPECIFICITIES = ['residual', 'family', 'finding', 'combination', 'mark'] as const;

export type Specificity = (typeof SPECIFICITIES)[number];

/** What a signature found. The most telling connection comes first. */
export interface Match {
  readonly connections: readonly Connection[];
  readonly probes?: readonly EntryOf<'probe'>[];
  /** What was measured beyond that which is measured of every connection. */
  readonly measured?: readonly string[];
  /** Differs from the signature's where the same failure can happen in several phases. */
  readonly phase?: Phase;
  readonly blame?: Blame;
  /** Differs from the signature's where some ways to match say more than others. */
  readonly specificity?: Specificity;
}

/** One recognisable way to fail: how it shows, and where that leads. All texts are for people without server logs. */
export interface Signature {
  readonly id: SignatureId;
  /** What happened, as a clause. */
  readonly title: string;
  readonly phase: Phase;
  readonly blame: Blame;
  /** What `matches` looks for, in words. */
  readonly rule: string;
  readonly specificity: Specificity;
  readonly matches: (evidence: Evidence) => Match | undefined;
  /** Other failures that look the same on the wire. */
  readonly sharesWith?: readonly (SignatureId | RowWithoutSignature)[];
  /** Causes that would explain it; never asserted. */
  readonly candidates: readonly string[];
  readonly next: readonly string[];
}
