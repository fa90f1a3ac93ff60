import { expect, test } from '@playwright/test';
import { UnsecuredJWT } from 'jose';
import { SettingsError, parseSettings } from '../../../env/settings.ts';

const TOKEN = new UnsecuredJWT({ sub: 'e2e-anna' }).encode();
const STAGING = { BACKEND_URL: 'https://api.staging.example.com' };

function problems(process: Record<string, string>): readonly string[] {
  try {
    parseSettings({ project: 'staging', sources: { process, secretsFile: {}, envFile: STAGING } });
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
  return [];
}

const PASTED: Readonly<Record<string, readonly [string, string]>> = {
  'the word Bearer': [`Bearer ${TOKEN}`, 'the word of a header before it'],
  'the name of the header': [`Authorization: Bearer ${TOKEN}`, 'the word of a header before it'],
  quotes: [`"${TOKEN}"`, 'a quote at its beginning or end'],
  'a quote of a word processor': [`${TOKEN}”`, 'a quote at its beginning or end'],
  'a line break at its end': [`${TOKEN}\n`, 'a blank or a line break at its beginning or end'],
  'a line break within': [`${TOKEN.slice(0, 9)}\n${TOKEN.slice(9)}`, 'a line break'],
  'an invisible character within': [
    `${TOKEN.slice(0, 9)}\u200B${TOKEN.slice(9)}`,
    'the invisible character U+200B at place 10',
  ],
  'an invisible character at its end': [
    `${TOKEN}\u200B`,
    `the invisible character U+200B at place ${TOKEN.length + 1}`,
  ],
  'a control character': [`${TOKEN.slice(0, 9)}\u0007${TOKEN.slice(9)}`, 'the control character U+0007 at place 10'],
  'nothing else': ['\t', 'nothing but blanks'],
};

for (const [what, [text, found]] of Object.entries(PASTED)) {
  test(`settings shapes: a token with ${what} is one problem, which does not show the token`, () => {
    const [problem, ...others] = problems({ STAGING_ACCESS_TOKEN: text }).filter(
      (each) => !each.includes('expected exactly one'),
    );
    expect(problem).toBe(
      `STAGING_ACCESS_TOKEN (process variable): expected the bare value, got ${text.length} characters (a secret, not shown) with ${found}. Paste it again without that.`,
    );
    expect(others).toEqual([]);
  });
}

test('settings shapes: a key with characters that no header can carry is a problem', () => {
  const process = {
    STAGING_E2E_OAUTH_SIMULATION_KEY: 'schlüsselchen',
    STAGING_AUTH_URL: 'https://auth.staging.example.com',
  };
  expect(problems(process)).toEqual([expect.stringContaining('expected a secret of printable ASCII characters')]);
});

test('settings shapes: a refused address does not show what may be a credential', () => {
  const address = 'https://anna:hush@api.staging.example.com/?key=hush';
  const [problem] = problems({ STAGING_BACKEND_URL: address, STAGING_ACCESS_TOKEN: TOKEN });
  expect(problem).toContain('got "https://…@api.staging.example.com/?…"');
  const [another] = problems({ STAGING_CONNECTIONS: TOKEN, STAGING_ACCESS_TOKEN: TOKEN });
  expect(another).toContain(`got ${TOKEN.length} characters`);
});

test('settings shapes: two spellings of one process variable that differ are a problem', () => {
  const sources = {
    process: { TWIN_FAULT: 'a', TWIN_TWIN_FAULT: 'b' },
    secretsFile: {},
    envFile: { BACKEND_URL: 'twin' },
  };
  expect(() => parseSettings({ project: 'twin', sources })).toThrow(
    'TWIN_FAULT, TWIN_TWIN_FAULT (process variables): expected one spelling of the variable, found two that differ.',
  );
});
