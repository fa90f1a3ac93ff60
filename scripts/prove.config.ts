import { defineConfig } from '@playwright/test';
import type { TestOptions, WorkerOptions } from '../fixtures/options.ts';
import { casesNamed } from '../src/proof/cases.ts';
import { CHECKS_PROJECT } from '../src/proof/reporter.ts';

const cases = casesNamed(process.env['PROVE_ONLY']);

/** Playwright takes the stack of every step. Mapping these stacks to their sources, which is not needed here, took a sixth of the CPU. */
Reflect.deleteProperty(Error, 'prepareStackTrace');

/**
 * Both layers of the proof: the checks alone in one project, and the contract in one project per case. The outcome is read
 * from what the tests attach. A project has one worker, because every worker of it would start a twin of its own.
 */
export default defineConfig<TestOptions, WorkerOptions>({
  testDir: '../tests',
  workers: Number(process.env['PROVE_WORKERS'] ?? 12),
  retries: 0,
  outputDir: '../reports/proof-results',
  reporter: [['../src/proof/reporter.js', { outputFile: process.env['PROVE_OUTPUT'] ?? 'reports/proof-tests.json' }]],
  projects: [
    {
      name: CHECKS_PROJECT,
      fullyParallel: true,
      testMatch: 'proof/cases.spec.js',
      grep: cases.map(({ name }) => new RegExp(`proof: ${escaped(name)} `)),
    },
    ...cases.map(({ name, override }) => ({
      name,
      workers: 1,
      testMatch: ['contract/**/*.spec.js', 'preflight/**/*.spec.js'],
      // The fleet repeats the concurrent specs with processes of its own.
      testIgnore: ['contract/fleet.spec.js'],
      use: { environment: 'twin', twinOverride: override },
    })),
  ],
});

function escaped(name: string): string {
  return name.replaceAll(/[+.]/g, String.raw`\$&`);
}
