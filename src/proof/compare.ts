import { isConsequence } from '../checks/findings.ts';
import type { Verdict } from '../checks/verdict.ts';
import { findingsOf } from '../checks/verdict.ts';
import type { ExpectedFinding } from '../twin/catalogue/fault.ts';

/** What a case must make the checks find, and what it may make them find besides. */
export interface Expectation {
  readonly mustFind: readonly ExpectedFinding[];
  readonly mayAlsoFind?: readonly ExpectedFinding[];
}

/** One finding, with the sentence that explains it. */
export interface FoundFinding extends ExpectedFinding {
  readonly because: string;
}

/** How the findings differ from the expectation; each finding is named as `check: code (blame)`. */
export interface Differences {
  /** Expected, but not found by any blame. */
  readonly missing: readonly string[];
  /** Expected, but found with another blame only. */
  readonly wrongBlame: readonly string[];
  /** Found, but neither required nor allowed. */
  readonly unexpected: readonly string[];
}

/** What a case without any difference comes to. */
export const NO_DIFFERENCES: Differences = { missing: [], wrongBlame: [], unexpected: [] };

/** A finding as the proof names and compares it. */
export function nameOfFinding({ check, code, blame }: ExpectedFinding): string {
  return `${check}: ${code} (${blame})`;
}

/** All findings of some verdicts. */
export function foundBy(verdicts: readonly Verdict[]): readonly FoundFinding[] {
  return verdicts.flatMap((verdict) =>
    findingsOf(verdict).map(({ code, blame, because }) => ({ check: verdict.check, code, blame, because })),
  );
}

/** The names of the findings, each once. Those that only repeat that a connection failed are left out. */
export function namesOfFindings(findings: readonly ExpectedFinding[]): readonly string[] {
  const own = findings.filter(({ code }) => !isConsequence(code));
  return [...new Set(own.map(nameOfFinding))];
}

/** Compares findings with what a fault, or a version of the protocol, must provoke. */
export function compare(
  findings: readonly ExpectedFinding[],
  { mustFind, mayAlsoFind = [] }: Expectation,
): Differences {
  const found = namesOfFindings(findings);
  const allowed = [...mustFind, ...mayAlsoFind].map(nameOfFinding);
  const lacking = mustFind.filter((expected) => !found.includes(nameOfFinding(expected)));
  const isFoundAtAll = ({ check, code }: ExpectedFinding): boolean =>
    findings.some((finding) => finding.check === check && finding.code === code);
  return {
    missing: lacking.filter((expected) => !isFoundAtAll(expected)).map(nameOfFinding),
    wrongBlame: lacking.filter(isFoundAtAll).map(nameOfFinding),
    unexpected: found.filter((name) => !allowed.includes(name)),
  };
}
