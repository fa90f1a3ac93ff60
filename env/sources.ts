import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The texts of one source, by variable name. */
export type Texts = Readonly<Record<string, string | undefined>>;

/** Where settings come from, the strongest first. An empty text counts as not set. */
export interface Sources {
  /** Process variables, all of them; those of the project begin with its prefix. */
  readonly process: Texts;
  /** `env/<project>.secrets.env`, git-ignored. */
  readonly secretsFile: Texts;
  /** `env/<project>.env`, committed. */
  readonly envFile: Texts;
  /** All projects, so that `STAGING_EU_…` of project staging-eu is not taken for a slip of project staging. */
  readonly projects?: readonly string[];
  /** What the texts of the two files say that their reader would drop or change (`fileProblems`). */
  readonly fileProblems?: readonly string[];
}

/** The folder of the env files. */
export const ENV_FOLDER = fileURLToPath(new URL('.', import.meta.url));

/** The projects, sorted: one per `env/<project>.env`; secrets and examples are no projects. */
export function environments(folder: string = ENV_FOLDER): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.env') && !file.endsWith('.secrets.env') && file !== '.env')
    .map((file) => file.slice(0, -'.env'.length))
    .sort();
}

/** A text that was found, and where. */
export interface Found {
  readonly value: string;
  readonly from: 'process' | 'secretsFile' | 'envFile';
  /** For a message: `process variable`, `env/staging.env`. */
  readonly where: string;
}

/** The variables of a project as they were read, each on its own. The rules of the groups judge it. */
export interface SettingsReading<Values extends object = object> {
  readonly project: string;
  readonly sources: Sources;
  readonly values: Values;
  /** Variables whose text could not be read; `values` holds their default. Rules leave them alone. */
  readonly broken: ReadonlySet<string>;
}

/** Where the value of a variable came from, or undefined when no source sets it. */
export function foundIn<Values extends object>(
  { project, sources }: SettingsReading<Values>,
  name: string & keyof Values,
): Found | undefined {
  return findAll(project, sources, name)[0];
}

/** `STAGING_ORDER (env/staging.env)`: how a problem names a variable that is set. */
export function named<Values extends object>(reading: SettingsReading<Values>, name: string & keyof Values): string {
  const where = foundIn(reading, name)?.where ?? 'default';
  return `${fullName(reading.project, name)} (${where})`;
}

/** `staging-eu` → `STAGING_EU_`. */
export function prefixOf(project: string): string {
  return `${project.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_`;
}

/** The full name of a variable, as problems write it: `STAGING_JWT_SECRET`. */
export function fullName(project: string, name: string): string {
  return processSpellings(project, name)[0];
}

/**
 * The process variables that set `name`. A name that already begins with the project's prefix need not repeat it:
 * `TWIN_FAULT` of project twin, as well as `TWIN_TWIN_FAULT`.
 */
export function processSpellings(project: string, name: string): readonly [string, ...string[]] {
  const prefix = prefixOf(project);
  return name.startsWith(prefix) ? [name, prefix + name] : [prefix + name];
}

/** A text as a source has it, blanks included. */
export interface RawText {
  readonly text: string;
  readonly from: Found['from'];
  readonly where: string;
}

/** The text of `name` in every place that has one, empty ones left out, the strongest first. */
export function rawTexts(project: string, sources: Sources, name: string): readonly RawText[] {
  const candidates: readonly { text: string | undefined; from: Found['from']; where: string }[] = [
    ...processSpellings(project, name).map((spelling) => ({
      text: sources.process[spelling],
      from: 'process' as const,
      where: spelling === fullName(project, name) ? 'process variable' : `process variable ${spelling}`,
    })),
    { text: sources.secretsFile[name], from: 'secretsFile', where: secretsFileName(project) },
    { text: sources.envFile[name], from: 'envFile', where: envFileName(project) },
  ];
  return candidates.flatMap(({ text = '', from, where }) => (text === '' ? [] : [{ text, from, where }]));
}

/** Every place that sets `name`, the strongest first. */
export function findAll(project: string, sources: Sources, name: string): readonly Found[] {
  return rawTexts(project, sources, name).flatMap(({ text, from, where }) => {
    const value = text.trim();
    return value === '' ? [] : [{ value, from, where }];
  });
}

/** `env/staging.secrets.env`, relative to the root of the repository. */
export function secretsFileName(project: string): string {
  return `env/${project}.secrets.env`;
}

/** `env/staging.env`, relative to the root of the repository. */
export function envFileName(project: string): string {
  return `env/${project}.env`;
}
