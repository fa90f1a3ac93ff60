import type { PlaywrightTestConfig } from '@playwright/test';
import { defineConfig } from '@playwright/test';
import { requireNode } from './env/node-version.ts';
import { environments } from './env/sources.ts';
import type { TestOptions, WorkerOptions } from './fixtures/options.ts';
import { reportsFolder, requireWritable } from './src/reporters/begin-run.ts';
import { reportersOf } from './src/reporters/reporters.ts';

type Project = NonNullable<PlaywrightTestConfig<TestOptions, WorkerOptions>['projects']>[number];

/**
 * Each env file is three projects: the preflight, the contract, and the long nightly specs. Only the contract on the twin
 * runs without being named. On a deployment the nightly specs run one after the other.
 */
function projectsOf(environment: string): Project[] {
  const shared = { use: { environment }, metadata: { environment }, default: environment === 'twin' };
  const preflight = `${environment}-preflight`;
  return [
    { ...shared, name: preflight, testDir: 'tests/preflight' },
    { ...shared, name: environment, testDir: 'tests/contract', dependencies: [preflight] },
    {
      ...shared,
      name: `${environment}-nightly`,
      testDir: 'tests/nightly',
      dependencies: [preflight],
      use: { environment, twinOverride: { journal: 'faults' } },
      default: false,
      ...(environment !== 'twin' && { workers: 1, fullyParallel: false }),
    },
  ];
}

requireNode();

const REPORTS = reportsFolder();
requireWritable(REPORTS);

export default defineConfig<TestOptions, WorkerOptions>({
  fullyParallel: true,
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  workers: 2,
  outputDir: `${REPORTS}/test-results`,
  globalSetup: ['./src/reporters/begin-run.ts', './fixtures/global-setup.ts'],
  reporter: reportersOf(REPORTS, process.env, process.argv),
  projects: [
    { name: 'core', testDir: 'tests/core' },
    { name: 'proof', testDir: 'tests/proof' },
    // Needs a browser, so that only .ci/run asks for it.
    { name: 'browser', testDir: 'tests/core/injection', testMatch: '**/*.browser.ts', default: false },
    ...environments().flatMap(projectsOf),
  ],
});
