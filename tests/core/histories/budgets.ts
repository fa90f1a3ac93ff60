import type { Budgets } from '../../../src/history/budgets.ts';

/** Budgets of the histories that tests make by hand, in milliseconds, and limits. */
export const BUDGETS: Budgets = {
  connectBudgetMs: 200,
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
  mostFrames: 1000,
  mostBytes: 1_000_000,
};
