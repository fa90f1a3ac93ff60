import { defineConfig } from '@playwright/test';
import type { TestOptions, WorkerOptions } from '../fixtures/options.ts';
import { CHECKS_PROJECT } from '../src/reporters/proof-reporter.ts';
import { CASES } from './proof/cases.ts';
import { namesIn } from './proof/selection.ts';

const only = namesIn(process.env['PROVE_ONLY']);
const cases = CASES.filter(({ name }) => only.length === 0 || only.includes(name));

/**
 * Both layers of the proof: the checks alone in one project, and the contract in one project per case. The outcome is read
 * from what the tests attach. A project has one worker, because every worker of it would start a twin of its own.
 */
export default defineConfig<TestOptions, WorkerOptions>({
  testDir: '../tests',
  workers: Number(process.env['PROVE_WORKERS'] ?? 4),
  retries: 0,
  outputDir: '../reports/proof-results',
  reporter: [
    ['../src/reporters/proof-reporter.ts', { outputFile: process.env['PROVE_OUTPUT'] ?? 'reports/proof-tests.json' }],
  ],
  projects: [
    {
      name: CHECKS_PROJECT,
      fullyParallel: true,
      testMatch: ['proof/faults.spec.ts', 'proof/benign.spec.ts'],
      grep: cases.map(({ name }) => new RegExp(`proof: ${name} `)),
    },
    ...cases.map(({ name, override }) => ({
      name,
      workers: 1,
      testMatch: ['contract/**/*.spec.ts', 'preflight/**/*.spec.ts'],
      // The fleet repeats the concurrent specs with processes of its own.
      testIgnore: ['contract/fleet.spec.ts'],
      use: { environment: 'twin', twinOverride: override, proving: true },
    })),
  ],
});
