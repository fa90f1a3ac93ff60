import type { ClientPromise } from '../protocol/client-promises.ts';
import { findingsOf } from './verdict.ts';
import type { Check, Verdict } from './verdict.ts';

/** Which promises to the product's own clients were seen to hold on this target. */
export interface PromisedRules {
  readonly clientPromises: readonly ClientPromise[];
}

/**
 * A check of something that only the product's own clients rely on. Where the project says that its target keeps the promise,
 * it judges as always; elsewhere what it finds is a note, because versions differ and no specification decides. What could not
 * be verified stays so. Only a check that judges is saved with a recording.
 */
export function promised(promise: ClientPromise, check: Check, { clientPromises }: PromisedRules): Check {
  return clientPromises.includes(promise) ? check : (history) => noted(promise, check(history));
}

function noted(promise: ClientPromise, verdict: Verdict): Verdict {
  if (verdict.holds !== false) return verdict;
  const findings = findingsOf(verdict);
  const [first, ...others] = findings.flatMap(({ entries }) => entries);
  if (first === undefined) return verdict;
  const notes = findings.map(({ code, because, entries }) => ({
    code: 'client-promise-unmet' as const,
    because: `${promise} [${code}]: ${because}`,
    entries,
  }));
  return {
    check: verdict.check,
    holds: true,
    because: `the clients of the product rely on ${promise}, which CLIENT_PROMISES does not list: what was found is a note`,
    notes: [...verdict.notes, ...notes],
    evidence: [first, ...others],
  };
}
