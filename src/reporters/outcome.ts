import type { TestResult } from '@playwright/test/reporter';
import type { Verdict } from '../checks/verdict.ts';

/**
 * How a test ended: it passed, a promise was violated, a promise could not be verified, it failed without a verdict, it
 * failed as declared (a known failure), or it did not run.
 */
export const OUTCOMES = ['passed', 'violated', 'not verified', 'failed', 'known failure', 'not run'] as const;

export type TestOutcome = (typeof OUTCOMES)[number];

/** What an outcome depends on. `isExpected`: Playwright counts the test as good. */
export interface Ended {
  readonly status: TestResult['status'];
  readonly isExpected: boolean;
  readonly verdicts: readonly Verdict[];
}

/** The outcome of a test; a violation outweighs a doubt, and both outweigh an error beside them. */
export function outcomeOf({ status, isExpected, verdicts }: Ended): TestOutcome {
  if (status === 'skipped') return 'not run';
  if (isExpected) return status === 'passed' ? 'passed' : 'known failure';
  if (status === 'passed') return 'failed';
  if (verdicts.some(({ holds }) => holds === false)) return 'violated';
  return verdicts.some(({ holds }) => holds === 'unknown') ? 'not verified' : 'failed';
}
