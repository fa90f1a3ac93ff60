import { expect, test } from '@playwright/test';
import { UnsecuredJWT } from 'jose';
import { ruleOfWorkers } from '../../../env/identity.ts';
import { SettingsError, parseSettings } from '../../../env/settings.ts';

const STAGING = { BACKEND_URL: 'https://api.staging.example.com', AUTH_URL: 'https://auth.staging.example.com' };
const SECRET = 's'.repeat(32);

function parse(secretsFile: Record<string, string>, envFile: Record<string, string> = STAGING) {
  return parseSettings({
    project: 'staging',
    sources: { process: {}, secretsFile, envFile },
    vocabulary: { profiles: ['beta-9'], faults: [] },
  });
}

function problems(secretsFile: Record<string, string>, envFile?: Record<string, string>): readonly string[] {
  try {
    parse(secretsFile, envFile);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

function tokenOf(userId: string): string {
  return new UnsecuredJWT({ sub: userId }).encode();
}

test('settings tokens: each of the three ways is read', () => {
  const tokens = [tokenOf('user-a'), tokenOf('user-b')];
  expect(parse({ JWT_SECRET: SECRET }).tokenSource).toEqual({ kind: 'mint', secret: SECRET });
  const exchanged = parse({ E2E_OAUTH_SIMULATION_KEY: 'simulated-key' });
  expect(exchanged.tokenSource).toEqual({ kind: 'exchange', simulationKey: 'simulated-key' });
  expect(exchanged.described['TEST_USERS']).toBe('(not used: each exchanged token names its user)');
  const given = parse({ ACCESS_TOKEN: tokens.join(', ') });
  expect(given.tokenSource).toEqual({ kind: 'given', tokens });
  expect(given.described['TEST_USERS']).toBe('(not used: each given token names its user; 2 for 10 connections)');
  expect(given.secrets).toEqual([tokens.join(', '), ...tokens]);
});

test('settings tokens: two ways at once are a problem', () => {
  expect(problems({ JWT_SECRET: SECRET, E2E_OAUTH_SIMULATION_KEY: 'simulated-key' })).toEqual([
    'STAGING_JWT_SECRET (env/staging.secrets.env), STAGING_E2E_OAUTH_SIMULATION_KEY (env/staging.secrets.env): expected exactly one way to get a token, got 2. Remove all but one.',
  ]);
});

test('settings tokens: the exchange needs the address of the auth service', () => {
  expect(problems({ E2E_OAUTH_SIMULATION_KEY: 'simulated-key' }, { BACKEND_URL: STAGING.BACKEND_URL })).toEqual([
    'STAGING_AUTH_URL: expected the address of the auth service, which STAGING_E2E_OAUTH_SIMULATION_KEY (env/staging.secrets.env) needs, found nothing. Add AUTH_URL to env/staging.env.',
  ]);
});

test('settings tokens: a secret that cannot be read is not called missing as well', () => {
  expect(problems({ JWT_SECRET: 'short' })).toHaveLength(1);
});

test('settings tokens: a given text that is no token, and a second token of one user, are problems', () => {
  expect(problems({ ACCESS_TOKEN: `opaque,${tokenOf('same-user-1')},${tokenOf('same-user-2')}` })).toEqual([
    "STAGING_ACCESS_TOKEN (env/staging.secrets.env): token 1: expected a JWT with the user's id as text in sub, got another text of 6 characters.",
    'STAGING_ACCESS_TOKEN (env/staging.secrets.env): token 3: expected another user than token 2, got "same-user-2"; user ids must differ in their first eight characters, to which the server cuts them (protocol notes §5.4). Give tokens of different users.',
  ]);
});

test('settings tokens: a list of commas only holds no token', () => {
  expect(problems({ ACCESS_TOKEN: ' , ' })).toHaveLength(1);
});

for (const [what, claims] of Object.entries({
  'a JWT without sub': {},
  'a JWT with an empty sub': { sub: '' },
  'a JWT whose sub is a number': { sub: 42 },
  'a JWT whose sub is null': { sub: null },
  'a JWT whose sub is no text': { sub: ['anna'] },
})) {
  test(`settings tokens: ${what} is a problem`, () => {
    const [header, payload] = [{ alg: 'none' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    expect(problems({ ACCESS_TOKEN: `${header}.${payload}.` })).toEqual([
      `STAGING_ACCESS_TOKEN (env/staging.secrets.env): token 1: expected a JWT with the user's id as text in sub, got ${what}.`,
    ]);
  });
}

for (const [what, list, workers, lower] of [
  ['one token for two workers', ['ann'], 2, 'run with --workers=1 and CONNECTIONS=1'],
  ['five tokens for two workers of three connections', ['ann', 'ben', 'cid', 'dora', 'eve'], 2, 'set CONNECTIONS=2'],
] as const) {
  test(`settings tokens: ${what} are known to be too few before a test begins`, () => {
    const settings = parse({ ACCESS_TOKEN: list.map(tokenOf).join(',') }, { ...STAGING, CONNECTIONS: '3' });
    expect(ruleOfWorkers(settings, { workers, shards: 1 })).toEqual([
      `ACCESS_TOKEN: expected 6 tokens, 3 (CONNECTIONS) for each of 2 workers, got ${list.length}; a worker would run out of them in the middle of the run. Give more tokens, or ${lower}.`,
    ]);
    expect(ruleOfWorkers({ ...settings, connections: 1 }, { workers: 1, shards: 1 })).toEqual([]);
  });
}

test('settings users: a list is shared by all workers, a pattern and exchanged tokens are not', () => {
  const envFile = { ...STAGING, CONNECTIONS: '2', TEST_USERS: 'e2e-ann,e2e-ben' };
  const workers = { workers: 2, shards: 1 };
  expect(ruleOfWorkers(parse({ JWT_SECRET: SECRET }, envFile), workers)).toEqual([
    expect.stringContaining('TEST_USERS: expected 4 users, 2 (CONNECTIONS) for each of 2 workers, got 2;'),
  ]);
  expect(ruleOfWorkers(parse({ JWT_SECRET: SECRET }), workers)).toEqual([]);
  expect(ruleOfWorkers(parse({ E2E_OAUTH_SIMULATION_KEY: 'simulated-key' }, envFile), workers)).toEqual([]);
});

test('settings users: users of a list must differ in their first eight characters', () => {
  const envFile = { ...STAGING, CONNECTIONS: '2', TEST_USERS: 'e2e-user-1, e2e-user-2' };
  expect(problems({ JWT_SECRET: SECRET }, envFile)).toEqual([
    'STAGING_TEST_USERS (env/staging.env): expected users that differ in their first eight characters, to which the server cuts them (protocol notes §5.4), got "e2e-user-1" and "e2e-user-2". Rename one of them.',
  ]);
  expect(parse({ JWT_SECRET: SECRET }, { ...envFile, TEST_USERS: 'e2e-ann,e2e-ben' }).users).toEqual([
    'e2e-ann',
    'e2e-ben',
  ]);
});

test('settings users: a list shorter than the connections is a problem where it is used', () => {
  const envFile = { ...STAGING, CONNECTIONS: '3', TEST_USERS: 'e2e-ann,e2e-ben' };
  expect(problems({ JWT_SECRET: SECRET }, envFile)).toEqual([
    'STAGING_TEST_USERS (env/staging.env): expected a user for each of the 3 connections of STAGING_CONNECTIONS (env/staging.env), got 2. Add users, lower CONNECTIONS, or use the pattern {uuid}.',
  ]);
  expect(problems({ E2E_OAUTH_SIMULATION_KEY: 'simulated-key' }, envFile)).toEqual([]);
  expect(problems({ ACCESS_TOKEN: tokenOf('ann') }, envFile)).toEqual([]);
});

test('settings users: a pattern must put its number within the first eight characters', () => {
  const envFile = (pattern: string) => ({ ...STAGING, TEST_USERS: pattern });
  expect(parse({ JWT_SECRET: SECRET }, envFile('e2e-{n}')).users).toEqual({ pattern: 'e2e-{n}' });
  expect(problems({ JWT_SECRET: SECRET }, envFile('e2e-a{n}'))).toEqual([
    'STAGING_TEST_USERS (env/staging.env): expected {n}, 4 digits, within the first eight characters, to which the server cuts user ids (protocol notes §5.4), got "e2e-a{n}". Put at most 4 characters before it.',
  ]);
  expect(problems({ JWT_SECRET: SECRET }, envFile('a{uuid}'))).toEqual([
    'STAGING_TEST_USERS (env/staging.env): expected {uuid} within the first eight characters, to which the server cuts user ids (protocol notes §5.4), got "a{uuid}". Put at most 0 characters before it.',
  ]);
  for (const pattern of ['a{n},b{n}', '{uuid}{n}']) {
    expect(problems({ JWT_SECRET: SECRET }, envFile(pattern))).toEqual([
      `STAGING_TEST_USERS (env/staging.env): expected one pattern of letters, digits and _ . @ - with {uuid} or {n} once, got "${pattern}".`,
    ]);
  }
});

test('settings users: ids of a form that the server refuses are said so, with the forms that it accepts', () => {
  const refusal = (users: string): string =>
    `STAGING_TEST_USERS (env/staging.env): expected user ids of a form that the server accepts (beta-9: a UUID; "e2e-" and then letters, digits, _ or -; "staging-e2e-user-" and then digits), got "${users}"; it ends the connections of others with 1011. Use {uuid}, which becomes a UUID, or e2e-{n}.`;
  const envFile = (users: string) => ({ ...STAGING, CONNECTIONS: '1', TEST_USERS: users });
  expect(problems({ JWT_SECRET: SECRET }, envFile('e2e{n}-staging-user'))).toEqual([refusal('e2e{n}-staging-user')]);
  expect(problems({ JWT_SECRET: SECRET }, envFile('e2e-ann,ben'))).toEqual([refusal('ben')]);
  expect(problems({ JWT_SECRET: SECRET }, envFile('e2e-ann@home'))).toEqual([refusal('e2e-ann@home')]);
  for (const users of ['staging-e2e-user-7', 'EDEA89A1-430B-413C-956A-CEF25F59FB36', '{uuid}']) {
    expect(problems({ JWT_SECRET: SECRET }, envFile(users))).toEqual([]);
  }
});
