import { BUDGETS, LIMITS, recordBy } from '../src/history/budgets.ts';
import { duration, wholeNumber, withDefault } from './rows.ts';
import type { ValuesOf } from './rows.ts';
import { named } from './sources.ts';
import type { SettingsReading } from './sources.ts';

const LARGEST_LIMIT = 1_000_000_000;

/**
 * The variables of the rows of `src/history/budgets.ts`, which holds names, defaults and meanings: budgets (later is a finding)
 * and deadlines (after which an answer is missing) in milliseconds, and limits of one connection.
 */
export const BUDGET_VARIABLES = {
  ...recordBy(BUDGETS, 'variable', ({ defaultMs, about }) => withDefault(duration(), String(defaultMs), { about })),
  ...recordBy(LIMITS, 'variable', (row) =>
    withDefault(wholeNumber(1, LARGEST_LIMIT), String(row.default), { about: row.about }),
  ),
};

/** A deadline must not end before its budget: late and missing would be the same. */
export function ruleOfBudgets(reading: SettingsReading<ValuesOf<typeof BUDGET_VARIABLES>>): readonly string[] {
  return BUDGETS.flatMap((row) => {
    if (!('deadline' in row)) return [];
    const { variable: budget, deadline } = row;
    if (reading.broken.has(budget) || reading.broken.has(deadline)) return [];
    const [budgetMs, deadlineMs] = [reading.values[budget], reading.values[deadline]];
    if (deadlineMs >= budgetMs) return [];
    return [
      `${named(reading, deadline)}: expected at least ${named(reading, budget)}, ${budgetMs} ms, got ${deadlineMs} ms; ` +
        `late and missing could not be distinguished. Raise the deadline or lower the budget.`,
    ];
  });
}
