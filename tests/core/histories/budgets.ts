import type { Budgets } from '../../../src/history/budgets.ts';

/** Budgets of told histories, milliseconds. */
export const BUDGETS: Budgets = {
  connectDeadlineMs: 1000,
  welcomeBudgetMs: 1000,
  welcomeDeadlineMs: 2000,
  pongBudgetMs: 1000,
  pongDeadlineMs: 2000,
  firstEventBudgetMs: 1000,
  firstEventDeadlineMs: 2000,
  eventGapBudgetMs: 10_000,
  eventGapDeadlineMs: 20_000,
  idleDeadlineMs: 30_000,
  runBudgetMs: 60_000,
  closeDeadlineMs: 1000,
  quietWindowMs: 100,
};
