import { CONSEQUENCES } from '../../src/checks/consequences.ts';
import type { Fault, Provocation } from '../../src/twin/fault.ts';
import type { Performance } from './play.ts';

/** One finding, as proofs compare it: check, code and blame. */
export type Signature = `${string}: ${string}, blame ${string}`;

export function signatureOf({ check, code, blame }: Provocation): Signature {
  return `${check}: ${code}, blame ${blame}`;
}

/** What a fault should have provoked and did not, and what it provoked and should not have. */
export interface Mismatch {
  readonly missing: readonly Signature[];
  readonly unexpected: readonly Signature[];
}

/** Compares the findings with what the fault declares. */
export function mismatchOf(
  findings: readonly Provocation[],
  { provokes, entails = [] }: Pick<Fault, 'provokes' | 'entails'>,
): Mismatch {
  const found = new Set(
    findings.filter(({ code }) => !CONSEQUENCES.some((consequence) => consequence === code)).map(signatureOf),
  );
  const owed = provokes.map(signatureOf);
  const allowed = new Set([...owed, ...entails.map(signatureOf)]);
  return {
    missing: owed.filter((signature) => !found.has(signature)),
    unexpected: [...found].filter((signature) => !allowed.has(signature)),
  };
}

/** The first sentence behind each unexpected signature, for the reader of a failed proof. */
export function explained(performances: readonly Performance[], signatures: readonly Signature[]): string {
  return signatures
    .map((signature) => {
      for (const { scenario, findings } of performances) {
        const finding = findings.find((candidate) => signatureOf(candidate) === signature);
        if (finding !== undefined) return `${signature}, in ${scenario}: ${finding.because}`;
      }
      return signature;
    })
    .join('\n');
}
