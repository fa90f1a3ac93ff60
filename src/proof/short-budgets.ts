/**
 * Settings of the proof: short budgets, so that many faults can be waited for. Milliseconds. A deadline is longer than its
 * budget by more than what the twin's late frames are late.
 */
export const SHORT_BUDGETS = {
  TWIN_CONNECTIONS: '4',
  TWIN_CONNECT_DEADLINE_MS: '2500',
  TWIN_WELCOME_BUDGET_MS: '600',
  TWIN_WELCOME_DEADLINE_MS: '1000',
  TWIN_PONG_BUDGET_MS: '600',
  TWIN_PONG_DEADLINE_MS: '1000',
  TWIN_FIRST_EVENT_BUDGET_MS: '600',
  TWIN_FIRST_EVENT_DEADLINE_MS: '1000',
  TWIN_EVENT_GAP_BUDGET_MS: '600',
  TWIN_EVENT_GAP_DEADLINE_MS: '1000',
  TWIN_IDLE_DEADLINE_MS: '2000',
  TWIN_RUN_BUDGET_MS: '1500',
  TWIN_CLOSE_DEADLINE_MS: '800',
  TWIN_QUIET_WINDOW_MS: '60',
} as const;
