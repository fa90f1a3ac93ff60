import { expect, test } from '@playwright/test';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { SettingsError, parseSettings } from '../../../env/settings.ts';
import type { Sources } from '../../../env/settings.ts';

const VOCABULARY = { profiles: ['beta-9', 'beta-14'], faults: ['no-welcome', 'late-welcome', 'drop-event'] };
const SECRET = 's'.repeat(32);
const STAGING = {
  BACKEND_URL: 'https://api.staging.netrasystems.ai',
  WEBSOCKET_URL: 'wss://api.staging.netrasystems.ai/ws',
  AUTH_URL: 'https://auth.staging.netrasystems.ai',
};

function parse(sources: Partial<Sources>, project = 'staging') {
  return parseSettings({
    project,
    sources: { process: {}, secretsFile: {}, envFile: {}, ...sources },
    vocabulary: VOCABULARY,
  });
}

function problems(sources: Partial<Sources>, project = 'staging'): readonly string[] {
  try {
    parse(sources, project);
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

/** Problems of a staging project that is in order but for `envFile`. */
function stagingProblems(envFile: Record<string, string>): readonly string[] {
  return problems({ envFile: { ...STAGING, ...envFile }, secretsFile: { JWT_SECRET: SECRET } });
}

test('settings: a remote target with a secret is read whole', () => {
  const settings = parse({ envFile: STAGING, secretsFile: { JWT_SECRET: SECRET } });
  const { described, budgets, nightly, ...rest } = settings;
  expect(rest).toEqual({
    project: 'staging',
    target: 'remote',
    rehearsal: false,
    backendUrl: STAGING.BACKEND_URL,
    websocketUrl: STAGING.WEBSOCKET_URL,
    authUrl: STAGING.AUTH_URL,
    tokenSource: { kind: 'mint', secret: SECRET },
    users: { pattern: '{uuid}' },
    authCarrier: 'both',
    clientPromises: [],
    compression: false,
    connections: 10,
    fleet: {
      connections: 10,
      rampPerSecond: 50,
      handshakesAtOnce: 25,
      runsPerConnection: 1,
      connectionsPerWorker: 1000,
      stopAfterPercent: 5,
    },
    prompt: expect.stringContaining('cost analysis tool'),
    order: 'grammar',
    required: AGENT_EVENTS,
    twin: { profile: 'beta-9', fault: '', seed: 1 },
    secrets: [SECRET],
  });
  expect(nightly).toMatchObject({ connections: 300, runs: 60, holdMs: 150_000, reconnects: 25, timeScale: 1 });
  expect(budgets).toMatchObject({ welcomeBudgetMs: 2000, welcomeDeadlineMs: 30000, quietWindowMs: 2000 });
  expect(described).toMatchObject({ JWT_SECRET: '(set)', ACCESS_TOKEN: '(not set)', CONNECTIONS: '10' });
  expect(JSON.stringify(described)).not.toContain(SECRET);
});

test('settings: a process variable is stronger than the secrets file, and that than the env file', () => {
  const secretsFile = { JWT_SECRET: SECRET, CONNECTIONS: '3' };
  const envFile = { ...STAGING, CONNECTIONS: '2' };
  expect(parse({ envFile: { ...STAGING, CONNECTIONS: '2' }, secretsFile: { JWT_SECRET: SECRET } }).connections).toBe(2);
  expect(parse({ envFile, secretsFile }).connections).toBe(3);
  expect(parse({ envFile, secretsFile, process: { STAGING_CONNECTIONS: '4' } }).connections).toBe(4);
  expect(parse({ envFile, secretsFile, process: { STAGING_CONNECTIONS: ' ' } }).connections).toBe(3);
});

test('settings: the process prefix of a project is its name in upper case, other characters as _', () => {
  const envFile = { BACKEND_URL: 'twin' };
  expect(parse({ envFile, process: { STAGING_EU_2_CONNECTIONS: '4' } }, 'staging-eu.2').connections).toBe(4);
});

test('settings: the WebSocket address defaults to that of the backend', () => {
  const settings = parse({ envFile: { BACKEND_URL: 'http://localhost:8000/' }, secretsFile: { JWT_SECRET: SECRET } });
  expect(settings).toMatchObject({ backendUrl: 'http://localhost:8000', websocketUrl: 'ws://localhost:8000/ws' });
  expect(settings.described['WEBSOCKET_URL']).toBe('ws://localhost:8000/ws');
});

test('settings: every problem is listed in one message, which ends with both ways forward', () => {
  const envFile = { ...STAGING, CONNECTIONS: 'ten', ORDER: 'strict', PONG_BUDGET_MS: '5000', PONG_DEADLINE_MS: '1000' };
  expect(() => parse({ envFile })).toThrow(
    new SettingsError('staging', [
      'STAGING_CONNECTIONS (env/staging.env): expected a whole number from 1 to 100000, in digits, got "ten". Correct it there, or remove it to use the default 10.',
      'STAGING_ORDER (env/staging.env): expected one of grammar, exact, got "strict". Correct it there, or remove it to use the default grammar.',
      'STAGING_PONG_DEADLINE_MS (env/staging.env): expected at least STAGING_PONG_BUDGET_MS (env/staging.env), 5000 ms, got 1000 ms; late and missing could not be distinguished. Raise the deadline or lower the budget.',
      `STAGING_JWT_SECRET, STAGING_E2E_OAUTH_SIMULATION_KEY, STAGING_ACCESS_TOKEN: expected exactly one of them, found none.
Looked for these process variables, and for JWT_SECRET, E2E_OAUTH_SIMULATION_KEY, ACCESS_TOKEN in env/staging.secrets.env.
Two ways forward:
- put the secret in env/staging.secrets.env, a copy of env/staging.secrets.env.example;
- or rehearse on the embedded backend, without any secret:
  STAGING_BACKEND_URL=twin npx playwright test --project=staging
  (or the twin's own project: npx playwright test --project=twin)`,
    ]),
  );
});

test('settings: a budget equal to its deadline is accepted', () => {
  expect(stagingProblems({ PONG_BUDGET_MS: '1000', PONG_DEADLINE_MS: '1000' })).toEqual([]);
});

test('settings: a project without a backend says where it was looked for', () => {
  expect(problems({ secretsFile: { JWT_SECRET: SECRET } })).toEqual([
    'STAGING_BACKEND_URL: expected the address of a backend (https://…) or the word twin, found nothing. Looked for process variable STAGING_BACKEND_URL and for BACKEND_URL in env/staging.secrets.env and env/staging.env. Add BACKEND_URL to env/staging.env.',
  ]);
});
