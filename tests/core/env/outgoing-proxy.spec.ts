import { expect, test } from '@playwright/test';
import { SettingsError, parseSettings } from '../../../env/settings.ts';

const ADDRESS = 'https://api.staging.example.com';
const PROXY = { HTTPS_PROXY: 'http://anna:hush@proxy.example.com:3128' };

function problems(process: Record<string, string>, backend = ADDRESS): readonly string[] {
  try {
    const secretsFile = { JWT_SECRET: 's'.repeat(32) };
    parseSettings({ project: 'staging', sources: { process, secretsFile, envFile: { BACKEND_URL: backend } } });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test('settings proxy: an outgoing proxy that would not be used is a problem, which does not show its address', () => {
  expect(problems(PROXY)).toEqual([
    'HTTPS_PROXY (process variable): expected no outgoing proxy for api.staging.example.com, because clients connect directly and would not use it. Unset HTTPS_PROXY, or say that no proxy is wanted for these hosts: NO_PROXY=api.staging.example.com.',
  ]);
  expect(problems({ all_proxy: 'socks5://proxy' })).toHaveLength(1);
});

for (const without of [
  '*',
  'api.staging.example.com',
  'localhost, .example.com',
  'example.com:443',
  '*.staging.example.com',
]) {
  test(`settings proxy: NO_PROXY=${without} covers the deployment`, () => {
    expect(problems({ ...PROXY, NO_PROXY: without })).toEqual([]);
  });
}

test('settings proxy: another domain in NO_PROXY does not cover the deployment', () => {
  expect(problems({ ...PROXY, NO_PROXY: 'ample.com,other.example.com' })).toHaveLength(1);
});

test('settings proxy: the twin and loopback need no proxy', () => {
  expect(problems(PROXY, 'twin')).toEqual([]);
  expect(problems(PROXY, 'http://127.0.0.1:8000')).toEqual([]);
});
