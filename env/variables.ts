import { z } from 'zod';
import { ABOUT } from './row.ts';
import { BUDGET_VARIABLES } from './variables-of-budgets.ts';
import { FLEET_VARIABLES } from './variables-of-the-fleet.ts';
import { IDENTITY_VARIABLES } from './variables-of-identity.ts';
import { NIGHTLY_VARIABLES } from './variables-of-the-nightly.ts';
import { TARGET_VARIABLES } from './variables-of-the-target.ts';
import { TWIN_VARIABLES } from './variables-of-the-twin.ts';

/**
 * Every variable of an env file: one row each, `NAME: optional(kind, { about })` or `withDefault(kind, value, { about })`.
 * A new variable is one row in one of the six tables, and one line where `settings.ts` and `parse.ts` hand it on.
 */
export const VARIABLES = {
  ...TARGET_VARIABLES,
  ...IDENTITY_VARIABLES,
  ...BUDGET_VARIABLES,
  ...FLEET_VARIABLES,
  ...NIGHTLY_VARIABLES,
  ...TWIN_VARIABLES,
};

export const VARIABLES_SCHEMA = z.object(VARIABLES);

export type VariableName = keyof typeof VARIABLES;

/** What the variables hold once they have been read. */
export type Values = z.output<typeof VARIABLES_SCHEMA>;

/** The names, in the order of the table. */
export const VARIABLE_NAMES: readonly VariableName[] = VARIABLES_SCHEMA.keyof().options;

/** What the table says about a variable. */
export function aboutVariable(name: VariableName) {
  const about = ABOUT.get(VARIABLES[name]);
  if (about === undefined) {
    throw new TypeError(`Variable ${name}: expected a row made by optional() or withDefault(). See env/row.ts.`);
  }
  return about;
}
