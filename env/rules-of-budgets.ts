import { named } from './reading.ts';
import type { Reading } from './reading.ts';

const PAIRS = [
  ['WELCOME_BUDGET_MS', 'WELCOME_DEADLINE_MS'],
  ['PONG_BUDGET_MS', 'PONG_DEADLINE_MS'],
  ['FIRST_EVENT_BUDGET_MS', 'FIRST_EVENT_DEADLINE_MS'],
  ['EVENT_GAP_BUDGET_MS', 'EVENT_GAP_DEADLINE_MS'],
] as const;

/** A deadline must not end before its budget: late and missing could not be told apart. */
export function ruleOfBudgets(reading: Reading): readonly string[] {
  return PAIRS.flatMap(([budget, deadline]) => {
    if (reading.broken.has(budget) || reading.broken.has(deadline)) return [];
    const [budgetMs, deadlineMs] = [reading.values[budget], reading.values[deadline]];
    if (deadlineMs >= budgetMs) return [];
    return [
      `${named(reading, deadline)}: expected at least ${named(reading, budget)}, ${budgetMs} ms, got ${deadlineMs} ms; ` +
        `late and missing could not be told apart. Raise the deadline or lower the budget.`,
    ];
  });
}
