/**
 * How long the product may take. A *budget* is what was promised: later is a finding. A *deadline* is how long we
 * listen before we call the answer missing; it is longer than its budget, so that late and missing are told apart.
 * All values are milliseconds.
 */
export interface Budgets {
  /** From the first byte to the answer of the upgrade request. */
  readonly connectDeadlineMs: number;
  readonly welcomeBudgetMs: number;
  readonly welcomeDeadlineMs: number;
  readonly pongBudgetMs: number;
  readonly pongDeadlineMs: number;
  readonly firstEventBudgetMs: number;
  readonly firstEventDeadlineMs: number;
  /** Longest silence of one run between two of its events. */
  readonly eventGapBudgetMs: number;
  readonly eventGapDeadlineMs: number;
  /** Longest silence of a whole connection, control frames included, while an answer is owed. */
  readonly idleDeadlineMs: number;
  /** From the request to the last event; also the total deadline of a run. */
  readonly runBudgetMs: number;
  readonly closeDeadlineMs: number;
  /** How long nothing may arrive after the last event before "nothing after the end" is believed. */
  readonly quietWindowMs: number;
}
