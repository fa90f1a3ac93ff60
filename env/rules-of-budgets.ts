import { BUDGETS } from '../src/history/budgets.ts';
import { named } from './reading.ts';
import type { Reading } from './reading.ts';

/** A deadline must not end before its budget: late and missing would be the same. */
export function ruleOfBudgets(reading: Reading): readonly string[] {
  return BUDGETS.flatMap((row) => {
    if (!('deadline' in row)) return [];
    const { variable: budget, deadline } = row;
    if (reading.broken.has(budget) || reading.broken.has(deadline)) return [];
    const [budgetMs, deadlineMs] = [reading.values[budget], reading.values[deadline]];
    if (deadlineMs >= budgetMs) return [];
    return [
      `${named(reading, deadline)}: expected at least ${named(reading, budget)}, ${budgetMs} ms, got ${deadlineMs} ms; ` +
        `late and missing could not be told apart. Raise the deadline or lower the budget.`,
    ];
  });
}
