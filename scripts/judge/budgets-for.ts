import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'dotenv';
import { budgetsOf } from '../../src/history/budgets.ts';
import { environments } from '../../env/sources.ts';
import { readVariables } from '../../env/variables.ts';
import type { Budgets } from '../../src/history/budgets.ts';
import { JudgeError } from './judge-error.ts';

/** The budgets of an env file, without any of its secrets; the defaults when no project is named. */
export function budgetsFor(project: string | undefined): Budgets {
  const file = `env/${project ?? ''}.env`;
  if (project !== undefined && !existsSync(file)) {
    throw new JudgeError(`--project: expected one of ${environments().join(', ')}, got "${project}".`);
  }
  const envFile = project === undefined ? {} : parse(readFileSync(file));
  return budgetsOf(readVariables(project ?? 'default', { process: {}, secretsFile: {}, envFile }).values);
}
