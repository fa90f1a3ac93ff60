import { findAll, fullName } from './sources.ts';
import type { Found, Sources } from './sources.ts';
import { VARIABLES_SCHEMA, VARIABLE_NAMES, aboutVariable } from './variables.ts';
import type { Values, VariableName } from './variables.ts';

/** The variables of a project as they were read, each on its own; what the rules between variables are judged on. */
export interface Reading {
  readonly project: string;
  readonly sources: Sources;
  readonly values: Values;
  /** Variables whose text could not be read; `values` holds their default. Rules leave them alone. */
  readonly broken: ReadonlySet<VariableName>;
  /** One text per unreadable variable. */
  readonly problems: readonly string[];
}

/** Reads every variable from the strongest source that sets it. Never throws for what a person wrote. */
export function readVariables(project: string, sources: Sources): Reading {
  const found = new Map<VariableName, Found>();
  for (const name of VARIABLE_NAMES) {
    const strongest = findAll(project, sources, name)[0];
    if (strongest !== undefined) found.set(name, strongest);
  }
  const expectations = unreadable(found);
  const problems = [...expectations].map(([name, expected]) =>
    unreadableText(project, name, found.get(name), expected),
  );
  const readable = [...found].filter(([name]) => !expectations.has(name));
  const values = VARIABLES_SCHEMA.parse(texts(readable));
  return { project, sources, values, broken: new Set(expectations.keys()), problems };
}

/** Where the value of a variable came from, or undefined when no source sets it. */
export function foundIn(reading: Reading, name: VariableName): Found | undefined {
  return findAll(reading.project, reading.sources, name)[0];
}

/** `STAGING_ORDER (env/staging.env)`: how a problem names a variable that is set. */
export function named(reading: Reading, name: VariableName): string {
  const where = foundIn(reading, name)?.where ?? 'default';
  return `${fullName(reading.project, name)} (${where})`;
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
  const got = about.secret === true ? `${value.length} characters (a secret, not shown)` : JSON.stringify(value);
  const otherwise = about.default === undefined ? 'or remove it' : `or remove it to use the default ${about.default}`;
  const where = found?.where ?? 'not set';
  return `${fullName(project, name)} (${where}): expected ${expected}, got ${got}. Correct it there, ${otherwise}.`;
}
