import { expect, test } from '@playwright/test';
import { endpointOf } from '../../../src/client/preflight/stages.ts';
import { productionWord, websocketOf } from '../../../env/target.ts';
import { SettingsError, parseSettings } from '../../../env/settings.ts';

const SECRET = 's'.repeat(32);

function problems(envFile: Record<string, string>, process: Record<string, string> = {}): readonly string[] {
  try {
    parseSettings({
      project: 'staging',
      sources: { process, secretsFile: { JWT_SECRET: SECRET }, envFile },
      vocabulary: { profiles: ['beta-9'], faults: [] },
    });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const STAGING_HOSTS = [
  'api.staging.netrasystems.ai',
  'app.staging.netrasystems.ai',
  'api-staging.netrasystems.ai',
  'netra-backend-staging-abc.us-central1.run.app',
  'netra-backend-abc.us-central1.run.app',
  'canary.netrasystems.ai',
  'localhost',
  '127.0.0.1',
  '[::1]',
];
const PRODUCTION_HOSTS = {
  'api.netrasystems.ai': 'api',
  'www.netrasystems.ai': 'www',
  'app.netrasystems.ai': 'app',
  'netrasystems.ai': 'netrasystems.ai',
  'netra-backend-production-abc.us-central1.run.app': 'production',
  'test.prod.example.com': 'prod',
};

for (const host of STAGING_HOSTS) {
  test(`settings target: ${host} does not look like production`, () => {
    expect(productionWord(host)).toBeUndefined();
  });
}

for (const [host, word] of Object.entries(PRODUCTION_HOSTS)) {
  test(`settings target: ${host} looks like production`, () => {
    expect(productionWord(host)).toBe(word);
  });
}

test('settings target: a production host is refused unless the env file allows it', () => {
  const envFile = { BACKEND_URL: 'https://api.netrasystems.ai' };
  const refusal =
    'STAGING_BACKEND_URL (env/staging.env): expected a host that is not production, got api.netrasystems.ai, which looks like it because of "api". Name a staging host; if this is one, add ALLOWED_HOSTS=api.netrasystems.ai to env/staging.env.';
  expect(problems(envFile)).toEqual([refusal]);
  expect(problems({ ...envFile, ALLOWED_HOSTS: 'other.example.com, api.netrasystems.ai' })).toEqual([]);
  expect(problems(envFile, { STAGING_ALLOWED_HOSTS: 'api.netrasystems.ai' })).toEqual([
    'STAGING_ALLOWED_HOSTS (process variable): expected in env/staging.env only, where a reviewer sees it. Move it there.',
    refusal,
  ]);
});

test('settings target: plain text is accepted for loopback only', () => {
  expect(problems({ BACKEND_URL: 'http://127.0.0.1:8000' })).toEqual([]);
  expect(
    problems({ BACKEND_URL: 'http://api.staging.example.com', WEBSOCKET_URL: 'ws://api.staging.example.com/ws' }),
  ).toEqual([
    'STAGING_BACKEND_URL (env/staging.env): expected https:// for every host but loopback, got "http://api.staging.example.com"; the token would travel readable. Use https://.',
    'STAGING_WEBSOCKET_URL (env/staging.env): expected wss:// for every host but loopback, got "ws://api.staging.example.com/ws"; the token would travel readable. Use wss://.',
  ]);
});

for (const address of [
  'api.staging.example.com',
  'ftp://staging.example.com',
  'https:staging',
  'https://u:p@test.example.com',
]) {
  test(`settings target: ${address} is not an address of a backend`, () => {
    expect(problems({ BACKEND_URL: address })).toHaveLength(1);
  });
}

test('settings target: an overridden backend takes its WebSocket along', () => {
  const envFile = {
    BACKEND_URL: 'https://api.staging.example.com',
    WEBSOCKET_URL: 'wss://api.staging.example.com/ws',
  };
  const overridden = { STAGING_BACKEND_URL: 'https://api.canary.example.com' };
  expect(problems(envFile, overridden)).toEqual([
    'STAGING_WEBSOCKET_URL (env/staging.env): expected the deployment that STAGING_BACKEND_URL (process variable) names, api.canary.example.com, got api.staging.example.com. Set STAGING_WEBSOCKET_URL as well.',
  ]);
  expect(problems(envFile, { ...overridden, STAGING_WEBSOCKET_URL: 'wss://api.canary.example.com/ws' })).toEqual([]);
});

test('settings target: a variable of the twin with a remote target is a problem', () => {
  expect(problems({ BACKEND_URL: 'https://staging.example.com' }, { STAGING_TWIN_SEED: '3' })).toEqual([
    'STAGING_TWIN_SEED (process variable): means something with the twin only, and the target is https://staging.example.com. Remove it, or rehearse on the twin: STAGING_BACKEND_URL=twin.',
  ]);
});

test('settings target: the address of the WebSocket is used as it is written', () => {
  for (const address of ['wss://api.staging.example.com/ws/', 'wss://api.staging.example.com/ws?version=2']) {
    const settings = parseSettings({
      project: 'staging',
      sources: {
        process: {},
        secretsFile: { JWT_SECRET: SECRET },
        envFile: { BACKEND_URL: 'https://api.staging.example.com', WEBSOCKET_URL: address },
      },
    });
    expect(settings.websocketUrl).toBe(address);
  }
  expect(websocketOf('HTTPS://api.staging.example.com')).toBe('wss://api.staging.example.com/ws');
});

for (const [name, address] of [
  ['WEBSOCKET_URL', 'wss://api.staging.example.com/ws#part'],
  ['BACKEND_URL', 'https://api.staging.example.com?part=2'],
  ['BACKEND_URL', 'https://api.staging.example.com\\part'],
  ['AUTH_URL', 'https://auth.sta ging.example.com'],
] as const) {
  test(`settings target: the address ${address} is refused, because a part of it would be dropped`, () => {
    expect(problems({ BACKEND_URL: 'https://api.staging.example.com', [name]: address })).toEqual([
      expect.stringContaining(`STAGING_${name} (env/staging.env): expected `),
    ]);
  });
}

test('settings target: an IPv6 address is resolved without the brackets of its URL', () => {
  expect(endpointOf('http://[::1]')).toEqual({ host: '::1', port: 80, secure: false });
});
