import { expect, test } from '@playwright/test';
import { SettingsError, parseSettings } from '../../../env/settings.ts';
import type { Sources } from '../../../env/settings.ts';

const TWIN = { BACKEND_URL: 'twin' };

function problems(sources: Partial<Sources>, project = 'staging'): readonly string[] {
  try {
    parseSettings({
      project,
      sources: { process: {}, secretsFile: {}, envFile: TWIN, ...sources },
      vocabulary: { profiles: ['beta-9', 'beta-14'], faults: ['no-welcome', 'late-welcome', 'drop-event'] },
    });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

test('settings names: a misspelt process variable is a problem, another one with the prefix is not', () => {
  const process = { STAGING_CONECTIONS: '3', STAGING_TEST_API_KEY: 'x', PATH: '/bin', STAGING_OTHER: 'x' };
  expect(problems({ process })).toEqual([
    'STAGING_CONECTIONS (process variable): no such variable. Did you mean STAGING_CONNECTIONS? Rename it, or unset it.',
  ]);
});

test('settings names: a misspelt short form of a twin variable is recognised', () => {
  expect(problems({ process: { TWIN_FAULTS: 'x' } }, 'twin')).toEqual([
    'TWIN_FAULTS (process variable): no such variable. Did you mean TWIN_FAULT? Rename it, or unset it.',
  ]);
});

test('settings names: a variable of a project with a longer name is left alone', () => {
  const process = { STAGING_B_ORDER: 'exact', STAGING_B_CONNECTIONS: '3' };
  expect(problems({ process, projects: ['staging', 'staging-b'] })).toEqual([]);
  expect(problems({ process, projects: ['staging'] })).toHaveLength(2);
});

test('settings names: an unknown variable of a file is a problem, with the valid names', () => {
  const found = problems({ envFile: { ...TWIN, ODER: 'exact', WEATHER: 'fine' }, secretsFile: { JWT_SECRT: 'x' } });
  expect(found).toEqual([
    'ODER (env/staging.env): no such variable. Did you mean ORDER?',
    expect.stringMatching(
      /^WEATHER \(env\/staging\.env\): no such variable\. Remove it\. The valid names, closest first: /,
    ),
    'JWT_SECRT (env/staging.secrets.env): no such variable. Did you mean JWT_SECRET?',
  ]);
});

test('settings names: a secret in the committed env file is refused and not repeated', () => {
  const secret = 'committed-secret-of-thirty-two-characters';
  const found = problems({ envFile: { ...TWIN, JWT_SECRET: secret } });
  expect(found).toEqual([
    'STAGING_JWT_SECRET (env/staging.env): expected in a file that is not committed, found a secret in one that is. Move it to env/staging.secrets.env, and replace the secret if it was pushed.',
  ]);
  expect(problems({ secretsFile: { JWT_SECRET: secret } })).toEqual([]);
});

test('settings names: a secret that is too short is not repeated', () => {
  expect(problems({ process: { STAGING_JWT_SECRET: 'hush' } })).toEqual([
    'STAGING_JWT_SECRET (process variable): expected a secret of at least 32 characters, got 4 characters (a secret, not shown). Correct it there, or remove it.',
  ]);
});

test('settings names: an unknown fault names the closest five, and the command that lists all', () => {
  expect(problems({ process: { STAGING_TWIN_FAULT: 'no-welcom+drop-event@2' } })).toEqual([
    'STAGING_TWIN_FAULT (process variable): expected a known fault, got "no-welcom". Did you mean no-welcome? Closest: no-welcome, late-welcome, drop-event. All of them: npm run twin -- --list.',
    'STAGING_TWIN_FAULT (process variable): expected a rate from 0 to 1 after the @ of fault drop-event, got "2". Write it like drop-event@0.02.',
  ]);
});

test('settings names: without a vocabulary a rate is judged, and the names of profile and fault are not', () => {
  const parse = (fault: string) =>
    parseSettings({
      project: 'twin',
      sources: { process: { TWIN_FAULT: fault, TWIN_PROFILE: 'gamma' }, secretsFile: {}, envFile: TWIN },
    });
  expect(parse('anything+other@0.5').twin).toMatchObject({ fault: 'anything+other@0.5', profile: 'gamma' });
  expect(() => parse('anything@2')).toThrow('expected a rate from 0 to 1 after the @ of fault anything, got "2"');
});

test('settings names: an unknown profile lists the valid ones', () => {
  expect(problems({ process: { STAGING_TWIN_PROFILE: 'gamma' } })).toEqual([
    'STAGING_TWIN_PROFILE (process variable): expected a known profile, got "gamma". Closest: beta-9, beta-14. All of them: npm run twin -- --list.',
  ]);
});

for (const fault of [
  'no-welcome',
  'no-welcome+drop-event@0.02',
  'drop-event@1',
  'drop-event@.5',
  'drop-event@0',
  'none',
]) {
  test(`settings names: the fault ${fault} is accepted`, () => {
    expect(problems({ process: { STAGING_TWIN_FAULT: fault } })).toEqual([]);
  });
}

for (const rate of ['', '1.5', '-1', 'half', '1e-3']) {
  test(`settings names: the fault rate "${rate}" is refused`, () => {
    expect(problems({ process: { STAGING_TWIN_FAULT: `drop-event@${rate}` } })).toHaveLength(1);
  });
}
