import { BUDGETS, recordBy } from '../src/history/budgets.ts';
import { duration } from './kinds.ts';
import { withDefault } from './row.ts';

/** Budgets (later is a finding) and deadlines (after which an answer is missing), all in milliseconds. */
export const BUDGET_VARIABLES = recordBy(BUDGETS, 'variable', ({ defaultMs, about }) =>
  withDefault(duration(), String(defaultMs), { about }),
);
