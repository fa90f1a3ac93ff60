import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'dotenv';
import { budgetsOf } from '../src/history/budgets.ts';
import type { Budgets } from '../src/history/budgets.ts';
import type { AgentEvent } from '../src/protocol/agent-events.ts';
import type { ClientPromise } from '../src/protocol/client-promises.ts';
import { ruleOfBudgets } from './budgets.ts';
import { closestFirst } from './closest.ts';
import { fileProblems } from './file-text.ts';
import { fleetLoadOf } from './fleet.ts';
import type { FleetLoad } from './fleet.ts';
import { ruleOfTokens, ruleOfUsers, tokenSourceOf, usersOf } from './identity.ts';
import type { AUTH_CARRIERS, TokenSource } from './identity.ts';
import { ruleOfNames, ruleOfTwinOnly } from './names.ts';
import { nightlyPlanOf } from './nightly.ts';
import type { NightlyPlan } from './nightly.ts';
import { ruleOfProxies } from './outgoing-proxy.ts';
import { splitAtCommas } from './rows.ts';
import { shapeProblems } from './shapes.ts';
import { ENV_FOLDER, environments, envFileName, findAll, foundIn, secretsFileName } from './sources.ts';
import type { Sources, Texts } from './sources.ts';
import { ruleOfTheTarget, websocketOf } from './target.ts';
import type { ORDER_MODES } from './target.ts';
import { ruleOfTheTwin } from './twin.ts';
import type { TwinVocabulary } from './twin.ts';
import { VARIABLE_NAMES, aboutVariable, readVariables } from './variables.ts';
import type { ReadVariables, VariableName } from './variables.ts';

export type { TokenSource } from './identity.ts';
export type { Sources } from './sources.ts';
export type { TwinVocabulary } from './twin.ts';

/** What a project runs with. Made by `loadSettings(project)`; nothing else reads the environment. */
export interface Settings {
  /** Name of the Playwright project and of its env file. */
  readonly project: string;
  readonly target: 'twin' | 'remote';
  /** The env file names a remote deployment, and the twin was asked for in its place. */
  readonly rehearsal: boolean;
  /** The three addresses, of a remote target only; those of HTTP without a slash at the end. */
  readonly backendUrl?: string;
  readonly websocketUrl?: string;
  readonly authUrl?: string;
  readonly tokenSource: TokenSource;
  /** A list of ids, or a pattern in which `{uuid}` becomes a UUID and `{n}` a number. Not used with exchanged or given tokens. */
  readonly users: readonly string[] | { readonly pattern: string };
  readonly authCarrier: (typeof AUTH_CARRIERS)[number];
  /** Size of the concurrent specs. */
  readonly connections: number;
  readonly fleet: FleetLoad;
  readonly nightly: NightlyPlan;
  readonly prompt: string;
  readonly order: (typeof ORDER_MODES)[number];
  /** The events that every run owes. */
  readonly required: readonly AgentEvent[];
  /** What the product's own clients rely on and was seen to hold on this target. */
  readonly clientPromises: readonly ClientPromise[];
  /** Whether clients offer permessage-deflate. */
  readonly compression: boolean;
  readonly budgets: Budgets;
  /** `fault` is `a+b@0.02`, or empty for none. */
  readonly twin: { readonly profile: string; readonly fault: string; readonly seed: number };
  /** Every configured secret value, for the redactor; those of weaker sources as well. */
  readonly secrets: readonly string[];
  /** Effective settings for the report, name → value. Holds no secret. */
  readonly described: Readonly<Record<string, string>>;
}

/** Settings that cannot be run with. The message lists every problem at once. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  /** One text per problem: what was expected, what was found and where, what to do. */
  readonly problems: readonly string[];

  constructor(project: string, problems: readonly string[]) {
    const count = problems.length === 1 ? 'one problem' : `${problems.length} problems`;
    const list = problems.map((problem, index) => `${index + 1}. ${problem.replaceAll('\n', '\n   ')}`);
    super(`Settings of project ${project}: ${count}.\n\n${list.join('\n\n')}\n`);
    this.problems = problems;
  }
}

/**
 * Settings of a project from its two files and the process variables, which are read and never changed. `folder` and
 * `process` are for tests; `vocabulary` is given where names of profiles and faults are to be judged, once before a run.
 * Throws a `SettingsError` that lists every problem at once.
 */
export function loadSettings(
  project: string,
  from: { readonly folder?: string; readonly process?: Texts; readonly vocabulary?: TwinVocabulary } = {},
): Settings {
  const folder = from.folder ?? ENV_FOLDER;
  const projects = environments(folder);
  if (!projects.includes(project)) {
    throw new SettingsError(project, [
      `Expected a file ${envFileName(project)}, found none. Projects, closest first: ${closestFirst(project, projects).join(', ')}. ` +
        `To add this one, write ${envFileName(project)}.`,
    ]);
  }
  const [secretsFile, envFile] = [secretsFileName(project), envFileName(project)].map((name) =>
    fileNamed(name, join(folder, basename(name))),
  );
  return parseSettings({
    project,
    sources: {
      process: from.process ?? process.env,
      secretsFile: secretsFile?.texts ?? {},
      envFile: envFile?.texts ?? {},
      projects,
      fileProblems: [...(envFile?.problems ?? []), ...(secretsFile?.problems ?? [])],
    },
    ...(from.vocabulary !== undefined && { vocabulary: from.vocabulary }),
  });
}

function fileNamed(name: string, path: string): { readonly texts: Texts; readonly problems: readonly string[] } {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return { texts: parse(text), problems: fileProblems(name, text) };
}

/**
 * Settings of a project from the texts of its sources. Pure: the same input gives the same settings.
 * Throws a `SettingsError` that lists every problem at once.
 */
export function parseSettings(input: {
  readonly project: string;
  readonly sources: Sources;
  /** The names of profiles and faults are judged only where they are given. */
  readonly vocabulary?: TwinVocabulary;
}): Settings {
  const read = readVariables(input.project, input.sources);
  const shapes = shapeProblems(read);
  const pasted = new Set(shapes.map(({ name }) => name));
  const reading = { ...read, broken: new Set([...read.broken, ...pasted]) };
  const problems = [
    ...(input.sources.fileProblems ?? []),
    ...ruleOfNames(reading),
    ...shapes.map(({ problem }) => problem),
    ...read.problems.flatMap(({ name, problem }) => (pasted.has(name) ? [] : [problem])),
    ...ruleOfTheTarget(reading),
    ...ruleOfProxies(reading),
    ...ruleOfUsers(reading),
    ...ruleOfBudgets(reading),
    ...ruleOfTheTwin(reading, input.vocabulary),
    ...ruleOfTwinOnly(reading),
    ...ruleOfTokens(reading),
  ];
  if (problems.length > 0) throw new SettingsError(input.project, problems);
  return settingsFrom(reading);
}

function settingsFrom(reading: ReadVariables): Settings {
  const { project, values } = reading;
  const tokenSource = tokenSourceOf(values);
  return {
    project,
    ...targetOf(reading),
    tokenSource,
    users: usersOf(values.TEST_USERS),
    authCarrier: values.AUTH_CARRIER,
    connections: values.CONNECTIONS,
    fleet: fleetLoadOf(values),
    nightly: nightlyPlanOf(values),
    prompt: values.PROMPT,
    order: values.ORDER,
    required: values.REQUIRED_EVENTS,
    clientPromises: values.CLIENT_PROMISES.filter((promise) => promise !== 'none'),
    compression: values.COMPRESSION === 'on',
    budgets: budgetsOf(values),
    twin: {
      profile: values.TWIN_PROFILE,
      fault: values.TWIN_FAULT === 'none' ? '' : values.TWIN_FAULT,
      seed: values.TWIN_SEED,
    },
    secrets: secretsOf(reading),
    described: describe(reading, tokenSource),
  };
}

function targetOf({ values, sources }: ReadVariables): Pick<Settings, 'target' | 'rehearsal' | 'backendUrl'> {
  const { BACKEND_URL: backendUrl, WEBSOCKET_URL: websocketUrl, AUTH_URL: authUrl } = values;
  if (backendUrl === undefined || backendUrl === 'twin') {
    const named = sources.envFile['BACKEND_URL']?.trim() ?? '';
    return { target: 'twin', rehearsal: named !== '' && named !== 'twin' };
  }
  const addresses = { backendUrl, websocketUrl: websocketUrl ?? websocketOf(backendUrl) };
  return { target: 'remote', rehearsal: false, ...addresses, ...(authUrl === undefined ? {} : { authUrl }) };
}

function secretsOf({ project, sources }: ReadVariables): readonly string[] {
  const texts = VARIABLE_NAMES.filter((name) => aboutVariable(name).secret === true)
    .flatMap((name) => findAll(project, sources, name))
    .flatMap(({ value }) => [value, ...splitAtCommas(value)]);
  return [...new Set(texts)];
}

/** The effective settings for the report, name → value. Secrets are `(set)` or `(not set)`; what has no effect says why. */
export function describe(reading: ReadVariables, tokenSource: TokenSource): Readonly<Record<string, string>> {
  return Object.fromEntries(VARIABLE_NAMES.map((name) => [name, shown(reading, tokenSource, name)]));
}

function shown(reading: ReadVariables, tokenSource: TokenSource, name: VariableName): string {
  return unused(reading, tokenSource, name) ?? plain(reading, name);
}

function plain(reading: ReadVariables, name: VariableName): string {
  const found = foundIn(reading, name);
  if (aboutVariable(name).secret === true) return found === undefined ? '(not set)' : '(set)';
  return found?.value ?? aboutVariable(name).default ?? derived(reading, name) ?? '(not set)';
}

function derived({ values }: ReadVariables, name: VariableName): string | undefined {
  if (name !== 'WEBSOCKET_URL' || values.BACKEND_URL === undefined) return undefined;
  return websocketOf(values.BACKEND_URL);
}

function unused(reading: ReadVariables, tokenSource: TokenSource, name: VariableName): string | undefined {
  const onTwin = reading.values.BACKEND_URL === 'twin';
  if (onTwin && (name === 'WEBSOCKET_URL' || name === 'AUTH_URL')) return '(not used: the twin has its own)';
  if (onTwin && foundIn(reading, name) !== undefined && (name === 'JWT_SECRET' || name === 'ACCESS_TOKEN')) {
    return '(set, not used: the twin mints with its own secret)';
  }
  if (!onTwin && aboutVariable(name).twinOnly === true) return '(not used: the target is remote)';
  if (name === 'TEST_USERS' && tokenSource.kind === 'exchange')
    return '(not used: each exchanged token names its user)';
  if (name === 'TEST_USERS' && tokenSource.kind === 'given') {
    const tokens = tokenSource.tokens.length;
    return `(not used: each given token names its user; ${tokens} for ${reading.values.CONNECTIONS} connections)`;
  }
  return undefined;
}
