import { isConsequence } from '../checks/findings.ts';
import type { Fault, ExpectedFinding } from '../twin/catalogue/fault.ts';
import type { Performance } from './play.ts';

/** One finding, as proofs compare it: check, code and blame. */
export type FindingSignature = `${string}: ${string}, blame ${string}`;

export function findingSignature({ check, code, blame }: ExpectedFinding): FindingSignature {
  return `${check}: ${code}, blame ${blame}`;
}

/** What a fault should have provoked and did not, and what it provoked and should not have. */
export interface Mismatch {
  readonly missing: readonly FindingSignature[];
  readonly unexpected: readonly FindingSignature[];
}

/** Compares the findings with what the fault declares. */
export function mismatchOf(
  findings: readonly ExpectedFinding[],
  { mustFind, mayAlsoFind = [] }: Pick<Fault, 'mustFind' | 'mayAlsoFind'>,
): Mismatch {
  const found = new Set(findings.filter(({ code }) => !isConsequence(code)).map(findingSignature));
  const owed = mustFind.map(findingSignature);
  const allowed = new Set([...owed, ...mayAlsoFind.map(findingSignature)]);
  return {
    missing: owed.filter((signature) => !found.has(signature)),
    unexpected: [...found].filter((signature) => !allowed.has(signature)),
  };
}

/** The first sentence behind each unexpected signature, for the reader of a failed proof. */
export function explained(performances: readonly Performance[], signatures: readonly FindingSignature[]): string {
  return signatures
    .map((signature) => {
      for (const { scenario, findings } of performances) {
        const finding = findings.find((candidate) => findingSignature(candidate) === signature);
        if (finding !== undefined) return `${signature}, in ${scenario}: ${finding.because}`;
      }
      return signature;
    })
    .join('\n');
}
