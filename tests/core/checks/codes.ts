import type { Verdict } from '../../../src/checks/verdict.ts';

/** What a verdict says in a word: `holds`, or its finding codes in order. */
export function codesOf(verdict: Verdict): string {
  if (verdict.holds === true) return 'holds';
  const codes = verdict.findings.map(({ code }) => code).join(' ');
  return verdict.holds === 'unknown' ? `unknown: ${codes}` : codes;
}

/** Budgets of told histories, in milliseconds. */
export const BUDGETS = {
  connectDeadlineMs: 1000,
  welcomeBudgetMs: 200,
  welcomeDeadlineMs: 1000,
  pongBudgetMs: 200,
  pongDeadlineMs: 1000,
  firstEventBudgetMs: 200,
  firstEventDeadlineMs: 1000,
  eventGapBudgetMs: 200,
  eventGapDeadlineMs: 1000,
  idleDeadlineMs: 2000,
  runBudgetMs: 600,
  closeDeadlineMs: 500,
  quietWindowMs: 100,
} as const;
