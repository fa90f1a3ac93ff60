import { defineConfig } from '@playwright/test';
import type { TestOptions, WorkerOptions } from '../fixtures/options.ts';
import { CASES } from './proof/cases.ts';
import { namesIn } from './proof/selection.ts';

const only = namesIn(process.env['PROVE_ONLY']);

/** The contract against every case, one project each. The outcome is read from what the tests attach. */
export default defineConfig<TestOptions, WorkerOptions>({
  testDir: '../tests',
  testMatch: ['contract/**/*.spec.ts', 'preflight/**/*.spec.ts'],
  // The fleet repeats the concurrent specs with processes of its own.
  testIgnore: ['contract/fleet.spec.ts'],
  fullyParallel: false,
  workers: Number(process.env['PROVE_WORKERS'] ?? 4),
  retries: 0,
  outputDir: '../reports/proof-results',
  reporter: [['../src/reporters/proof-reporter.ts', { outputFile: 'reports/proof-tests.json' }]],
  projects: CASES.filter(({ name }) => only.length === 0 || only.includes(name)).map(({ name, override }) => ({
    name,
    workers: 1,
    use: { environment: 'twin', twinOverride: override, proving: true },
  })),
});
