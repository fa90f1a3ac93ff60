import { expect, test } from '@playwright/test';
import { parseSettings } from '../../../env/settings.ts';
import type { Sources } from '../../../env/settings.ts';

const SECRET = 's'.repeat(32);
const STAGING = { BACKEND_URL: 'https://api.staging.example.com', AUTH_URL: 'https://auth.staging.example.com' };

function parse(sources: Partial<Sources>, project = 'staging') {
  return parseSettings({
    project,
    sources: { process: {}, secretsFile: {}, envFile: {}, ...sources },
    vocabulary: { profiles: ['beta-9'], faults: ['drop-event'] },
  });
}

test('settings: a twin variable of project twin need not repeat the prefix', () => {
  const envFile = { BACKEND_URL: 'twin' };
  expect(parse({ envFile, process: { TWIN_FAULT: 'drop-event' } }, 'twin').twin.fault).toBe('drop-event');
  expect(parse({ envFile, process: { TWIN_TWIN_FAULT: 'drop-event' } }, 'twin').twin.fault).toBe('drop-event');
});

test('settings: a remote project rehearses on the twin without a secret', () => {
  const settings = parse({ envFile: STAGING, process: { STAGING_BACKEND_URL: 'twin' } });
  expect(settings).toMatchObject({ target: 'twin', rehearsal: true, tokenSource: { kind: 'twin' } });
  expect(settings).not.toHaveProperty('websocketUrl');
  expect(parse({ envFile: { BACKEND_URL: 'twin' } }, 'twin').rehearsal).toBe(false);
});

test('settings: a secret of staging is not used in a rehearsal, but for the key of the exchange', () => {
  const process = { STAGING_BACKEND_URL: 'twin' };
  const withSecret = parse({ envFile: STAGING, process, secretsFile: { JWT_SECRET: SECRET } });
  expect(withSecret.tokenSource).toEqual({ kind: 'twin' });
  expect(withSecret.secrets).toEqual([SECRET]);
  expect(withSecret.described['JWT_SECRET']).toBe('(set, not used: the twin mints with its own secret)');
  const withKey = parse({ envFile: STAGING, process, secretsFile: { E2E_OAUTH_SIMULATION_KEY: 'simulated-key' } });
  expect(withKey.tokenSource).toEqual({ kind: 'exchange', simulationKey: 'simulated-key' });
});
