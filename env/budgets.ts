import type { Budgets } from '../src/checks/budgets.ts';
import type { Values } from './variables.ts';

/** The budgets and deadlines that the variables set. */
export function budgetsOf(values: Values): Budgets {
  return {
    connectDeadlineMs: values.CONNECT_DEADLINE_MS,
    welcomeBudgetMs: values.WELCOME_BUDGET_MS,
    welcomeDeadlineMs: values.WELCOME_DEADLINE_MS,
    pongBudgetMs: values.PONG_BUDGET_MS,
    pongDeadlineMs: values.PONG_DEADLINE_MS,
    firstEventBudgetMs: values.FIRST_EVENT_BUDGET_MS,
    firstEventDeadlineMs: values.FIRST_EVENT_DEADLINE_MS,
    eventGapBudgetMs: values.EVENT_GAP_BUDGET_MS,
    eventGapDeadlineMs: values.EVENT_GAP_DEADLINE_MS,
    idleDeadlineMs: values.IDLE_DEADLINE_MS,
    runBudgetMs: values.RUN_BUDGET_MS,
    closeDeadlineMs: values.CLOSE_DEADLINE_MS,
    quietWindowMs: values.QUIET_WINDOW_MS,
  };
}
