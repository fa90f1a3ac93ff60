import type { FindingCode } from '../checks/findings.ts';
import type { Verdict } from '../checks/verdict.ts';
import { findingsOf } from '../checks/verdict.ts';

/** A failure that is known and has an owner. Its test is red again when it is fixed, when it expires, or when it fails in another way. */
export interface KnownFailure {
  /** The one finding that is known; every other finding is new. */
  readonly finding: FindingCode;
  readonly because: string;
  readonly owner: string;
  /** Date, as in 2026-12-31; the last day on which the failure is expected. */
  readonly until: string;
}

/** What to do with a test whose failure is known. */
export type KnownFailureDecision =
  | { readonly expect: 'a pass' }
  | { readonly expect: 'a failure'; readonly finding: string }
  | { readonly expect: 'nothing'; readonly because: string };

const DESCRIPTION = /^until (\d{4}-\d\d-\d\d), owner ([^:]+), finding ([\w-]+): /;

/** The text of the `known-failure` annotation, which {@link decideOnKnownFailure} reads. */
export function describeKnownFailure({ finding, because, owner, until }: KnownFailure): string {
  return `until ${until}, owner ${owner}, finding ${finding}: ${because}`;
}

/**
 * Decides on the `known-failure` annotation of a test. Until its day the test is expected to fail, and is red when it
 * passes; afterwards, and when the annotation cannot be read, it is red. `today` is a date as in 2026-12-31.
 */
export function decideOnKnownFailure(description: string | undefined, today: string): KnownFailureDecision {
  if (description === undefined) return { expect: 'a pass' };
  const [, until, owner, finding] = DESCRIPTION.exec(description) ?? [];
  if (until === undefined || finding === undefined) {
    const wanted = '"until YYYY-MM-DD, owner NAME, finding CODE: because"';
    return { expect: 'nothing', because: `known failure: expected ${wanted}, got ${JSON.stringify(description)}` };
  }
  if (today <= until) return { expect: 'a failure', finding };
  const because = `known failure: it expired on ${until}; ask ${owner} whether it is fixed, then delete or renew it in tests/requirements.ts (${description})`;
  return { expect: 'nothing', because };
}

/** Whether verdicts fail by the known finding, and by nothing else. */
export function isTheKnownFailure(verdicts: readonly Verdict[], finding: string): boolean {
  const found = verdicts.flatMap(findingsOf);
  return found.length > 0 && found.every(({ code }) => code === finding);
}
