import type { ReporterDescription } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { allureListener } from './allure-listener.ts';
import { RunTests } from './test-verdicts.ts';
import { RUN_FILE } from './verdicts-reporter.ts';

/**
 * The reporters of a run that writes into `folder`; they share one store of test verdicts. The first one cleans Allure's
 * results and may turn the run red; those after it see that. `--list` runs nothing, so it must write nothing. `WHOLE_RUN`
 * asks for every declared test, `KEEP_RESULTS` adds to the results of another shard.
 */
export function reportersOf(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  argv: readonly string[],
): ReporterDescription[] {
  if (argv.includes('--list')) return [['list']];
  const resultsDir = `${folder}/allure-results`;
  const tests = new RunTests();
  const run = {
    tests,
    resultsDir,
    inventoryFile: here('../../tests/inventory.json'),
    isWhole: isSet(env['WHOLE_RUN']),
    keepResults: isSet(env['KEEP_RESULTS']),
  };
  const allure = { resultsDir, detail: false, listeners: [allureListener(tests, env)] };
  return [
    [here('run-reporter.ts'), run],
    ['allure-playwright', allure],
    ['junit', { outputFile: `${folder}/junit.xml` }],
    [here('verdicts-reporter.ts'), { outputFile: join(folder, RUN_FILE), tests }],
    [here('terminal-reporter.ts'), { reportFile: `${folder}/allure-report/index.html`, tests }],
    ...(isSet(env['GITHUB_ACTIONS']) ? [['github'] satisfies ReporterDescription] : []),
  ];
}

/** Absolute, because Playwright looks beside the configuration that it was given. */
function here(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
