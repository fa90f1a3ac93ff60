import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { ENV_FOLDER, environments } from '../../../env/sources.ts';
import { SettingsError, loadSettings } from '../../../env/settings.ts';
import { VARIABLE_NAMES, aboutVariable } from '../../../env/variables.ts';

function folderOf(files: Record<string, string>): string {
  const folder = test.info().outputPath('env');
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

test('settings files: projects are the env files, without secrets and examples', () => {
  const files = {
    'staging.env': '',
    'canary.env': '',
    'staging.secrets.env': '',
    'a.secrets.env.example': '',
    '.env': '',
  };
  expect(environments(folderOf(files))).toEqual(['canary', 'staging']);
  expect(environments()).toEqual(expect.arrayContaining(['staging', 'twin']));
});

test('settings files: both files of a project are read, and the process is left as it was', () => {
  const folder = folderOf({
    'canary.env': 'BACKEND_URL=https://canary.example.com\nCONNECTIONS=2 # few\n',
    'canary.secrets.env': `JWT_SECRET="${'s'.repeat(32)}"\n`,
  });
  const before = { ...process.env };
  const settings = loadSettings('canary', { folder, process: { CANARY_ORDER: 'exact' } });
  expect(settings).toMatchObject({ connections: 2, order: 'exact', tokenSource: { secret: 's'.repeat(32) } });
  expect(process.env).toEqual(before);
});

test('settings files: an unknown project lists the known ones', () => {
  const folder = folderOf({ 'staging.env': '', 'twin.env': '' });
  expect(() => loadSettings('stagin', { folder })).toThrow(
    new SettingsError('stagin', [
      'Expected a file env/stagin.env, found none. Projects, closest first: staging, twin. To add this one, write env/stagin.env.',
    ]),
  );
});

test('settings files: the committed twin is in order', () => {
  const settings = loadSettings('twin', { process: {} });
  expect(settings).toMatchObject({ target: 'twin', rehearsal: false, order: 'exact', connections: 10 });
  expect(settings.budgets).toMatchObject({ pongBudgetMs: 1000, pongDeadlineMs: 2000, quietWindowMs: 120 });
});

test('settings files: the committed staging rehearses', () => {
  const settings = loadSettings('staging', { process: { STAGING_BACKEND_URL: 'twin' } });
  expect(settings).toMatchObject({ target: 'twin', rehearsal: true, order: 'grammar' });
  expect(settings.budgets.firstEventBudgetMs).toBe(20000);
});

test('settings files: the example names every variable, its meaning and its default', () => {
  const example = readFileSync(join(ENV_FOLDER, 'staging.secrets.env.example'), 'utf8');
  for (const name of VARIABLE_NAMES) {
    const about = aboutVariable(name);
    const value = about.default ?? '';
    const shown = value.includes(' ') ? JSON.stringify(value) : value;
    const line = about.secret === true ? `${name}=` : `# ${name}=${shown}`;
    expect(example.split('\n')).toContain(line);
    expect(example).toContain(about.about);
  }
});
