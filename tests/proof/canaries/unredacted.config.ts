import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { TestOptions, WorkerOptions } from '../../../fixtures/options.ts';
import config from '../../../playwright.config.ts';

/** The configuration of the suite without its redactor; it proves that the search for secrets finds them. */
export default defineConfig<TestOptions, WorkerOptions>({
  ...config,
  use: { redaction: { redact: (text) => text } },
  globalSetup: [config.globalSetup ?? []].flat().map((file) => resolve(file)),
  projects: (config.projects ?? []).map((project) => ({ ...project, testDir: resolve(project.testDir ?? '.') })),
});
