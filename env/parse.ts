import { budgetsOf } from '../src/history/budgets.ts';
import { describe, websocketOf } from './describe.ts';
import { fleetLoadOf } from './fleet-load.ts';
import { splitAtCommas } from './kinds.ts';
import { nightlyPlanOf } from './nightly-plan.ts';
import { readVariables } from './reading.ts';
import type { Reading } from './reading.ts';
import { ruleOfBudgets } from './rules-of-budgets.ts';
import { ruleOfNames } from './rules-of-names.ts';
import { ruleOfTheTarget } from './rules-of-the-target.ts';
import { faultsOf, ruleOfTheTwin } from './rules-of-the-twin.ts';
import type { TwinVocabulary } from './rules-of-the-twin.ts';
import { ruleOfTokens } from './rules-of-tokens.ts';
import { ruleOfUsers, usersOf } from './rules-of-users.ts';
import type { Settings } from './settings.ts';
import { SettingsError } from './settings-error.ts';
import { findAll } from './sources.ts';
import type { Sources } from './sources.ts';
import { tokenSourceOf } from './token-source.ts';
import { VARIABLE_NAMES, aboutVariable } from './variables.ts';

/**
 * Settings of a project from the texts of its sources. Pure: the same input gives the same settings.
 * Throws a `SettingsError` that lists every problem at once.
 */
export function parseSettings(input: {
  readonly project: string;
  readonly sources: Sources;
  readonly vocabulary: TwinVocabulary;
}): Settings {
  const reading = readVariables(input.project, input.sources);
  const problems = [
    ...ruleOfNames(reading),
    ...reading.problems,
    ...ruleOfTheTarget(reading),
    ...ruleOfUsers(reading),
    ...ruleOfBudgets(reading),
    ...ruleOfTheTwin(reading, input.vocabulary),
    ...ruleOfTokens(reading),
  ];
  if (problems.length > 0) throw new SettingsError(input.project, problems);
  return settingsFrom(reading);
}

function settingsFrom(reading: Reading): Settings {
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
    compression: values.COMPRESSION === 'on',
    budgets: budgetsOf(values),
    twin: { profile: values.TWIN_PROFILE, fault: faultsOf(values.TWIN_FAULT).join('+'), seed: values.TWIN_SEED },
    secrets: secretsOf(reading),
    described: describe(reading, tokenSource),
  };
}

function targetOf({ values, sources }: Reading): Pick<Settings, 'target' | 'rehearsal' | 'backendUrl'> {
  const { BACKEND_URL: backendUrl, WEBSOCKET_URL: websocketUrl, AUTH_URL: authUrl } = values;
  if (backendUrl === undefined || backendUrl === 'twin') {
    const named = sources.envFile['BACKEND_URL']?.trim() ?? '';
    return { target: 'twin', rehearsal: named !== '' && named !== 'twin' };
  }
  const addresses = { backendUrl, websocketUrl: websocketUrl ?? websocketOf(backendUrl) };
  return { target: 'remote', rehearsal: false, ...addresses, ...(authUrl === undefined ? {} : { authUrl }) };
}

function secretsOf({ project, sources }: Reading): readonly string[] {
  const texts = VARIABLE_NAMES.filter((name) => aboutVariable(name).secret === true)
    .flatMap((name) => findAll(project, sources, name))
    .flatMap(({ value }) => [value, ...splitAtCommas(value)]);
  return [...new Set(texts)];
}
