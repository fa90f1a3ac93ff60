import { z } from 'zod';
import { BUDGET_VARIABLES } from './budgets.ts';
import { FLEET_VARIABLES } from './fleet.ts';
import { IDENTITY_VARIABLES } from './identity.ts';
import { NIGHTLY_VARIABLES } from './nightly.ts';
import { ABOUT } from './rows.ts';
import { findAll, fullName } from './sources.ts';
import type { Found, SettingsReading, Sources } from './sources.ts';
import { TARGET_VARIABLES } from './target.ts';
import { TWIN_VARIABLES } from './twin.ts';

/**
 * Every variable of an env file: one row each, `NAME: optional(kind, { about })` or `withDefault(kind, value, { about })`.
 * A new variable is one row in the table of its group, and one line where `settings.ts` hands it on.
 */
export const VARIABLES = {
  ...TARGET_VARIABLES,
  ...IDENTITY_VARIABLES,
  ...BUDGET_VARIABLES,
  ...FLEET_VARIABLES,
  ...NIGHTLY_VARIABLES,
  ...TWIN_VARIABLES,
};

const VARIABLES_SCHEMA = z.object(VARIABLES);

export type VariableName = keyof typeof VARIABLES;

/** What the variables hold once they have been read. */
export type Values = z.output<typeof VARIABLES_SCHEMA>;

/** The names, in the order of the table. */
export const VARIABLE_NAMES: readonly VariableName[] = VARIABLES_SCHEMA.keyof().options;

/** What the table says about a variable. */
export function aboutVariable(name: VariableName) {
  const about = ABOUT.get(VARIABLES[name]);
  if (about === undefined) {
    throw new TypeError(`Variable ${name}: expected a row made by optional() or withDefault(). See env/rows.ts.`);
  }
  return about;
}

/** Every variable of a project, and what could not be read. */
export interface ReadVariables extends SettingsReading<Values> {
  readonly broken: ReadonlySet<VariableName>;
  /** One per unreadable variable. */
  readonly problems: readonly VariableProblem[];
}

/** What is wrong with the text of one variable, in words that do not show a secret. */
export interface VariableProblem {
  readonly name: VariableName;
  readonly problem: string;
}

/** Reads every variable from the strongest source that sets it. Never throws for what a person wrote. */
export function readVariables(project: string, sources: Sources): ReadVariables {
  const found = new Map<VariableName, Found>();
  for (const name of VARIABLE_NAMES) {
    const strongest = findAll(project, sources, name)[0];
    if (strongest !== undefined) found.set(name, strongest);
  }
  const expectations = unreadable(found);
  const problems = [...expectations].map(([name, expected]) => ({
    name,
    problem: unreadableText(project, name, found.get(name), expected),
  }));
  const readable = [...found].filter(([name]) => !expectations.has(name));
  const values = VARIABLES_SCHEMA.parse(texts(readable));
  return { project, sources, values, broken: new Set(expectations.keys()), problems };
}

function unreadable(found: ReadonlyMap<VariableName, Found>): ReadonlyMap<VariableName, string> {
  const result = VARIABLES_SCHEMA.safeParse(texts([...found]));
  const expectations = new Map<VariableName, string>();
  for (const issue of result.error?.issues ?? []) {
    const name = VARIABLE_NAMES.find((candidate) => candidate === issue.path[0]);
    if (name !== undefined && !expectations.has(name)) expectations.set(name, issue.message);
  }
  return expectations;
}

function texts(found: readonly (readonly [VariableName, Found])[]): Readonly<Record<string, string>> {
  return Object.fromEntries(found.map(([name, { value }]) => [name, value]));
}

function unreadableText(project: string, name: VariableName, found: Found | undefined, expected: string): string {
  const about = aboutVariable(name);
  const value = found?.value ?? '';
  const got = about.secret === true ? `${value.length} characters (a secret, not shown)` : shown(value);
  const otherwise = about.default === undefined ? 'or remove it' : `or remove it to use the default ${about.default}`;
  const where = found?.where ?? 'not set';
  return `${fullName(project, name)} (${where}): expected ${expected}, got ${got}. Correct it there, ${otherwise}.`;
}

const MOST_SHOWN = 200;

/** A text as a person wrote it, without what may be a credential: a token, user name and password, the query of a URL. */
function shown(value: string): string {
  if (value.length > MOST_SHOWN || value.includes('eyJ')) return `${value.length} characters`;
  return JSON.stringify(value.replace(/\/\/[^/]*@/, '//…@').replace(/\?.*/s, '?…'));
}
