import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { gitHead } from './git-head.ts';
import { plainText } from './plain-text.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { neverStarted, testVerdictsOf } from './test-verdicts.ts';

/** `reports/verdicts.json`: every verdict of a run. */
export interface RunVerdicts {
  readonly startedAt: string;
  readonly gitHead: string;
  readonly status: FullResult['status'];
  readonly projects: readonly Readonly<Record<string, unknown>>[];
  readonly tests: readonly TestVerdicts[];
  /** Errors outside the tests: settings, a spec that does not load. */
  readonly errors: readonly string[];
}

/** Playwright reporter that writes `reports/verdicts.json`. Options: `outputFile`. */
export default class VerdictsReporter implements Reporter {
  readonly #outputFile: string;
  readonly #tests: TestVerdicts[] = [];
  readonly #errors: string[] = [];
  #projects: readonly Readonly<Record<string, unknown>>[] = [];
  #suite: Suite | undefined;

  constructor({ outputFile }: { readonly outputFile: string }) {
    this.#outputFile = outputFile;
  }

  onBegin({ filteredProjects }: FullConfig, suite: Suite): void {
    this.#suite = suite;
    this.#projects = filteredProjects.map(({ name, metadata }) => ({ name, ...metadata }));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#tests.push(testVerdictsOf(test, result));
  }

  onError(error: TestError): void {
    this.#errors.push(plainText(error));
  }

  onEnd({ status, startTime }: FullResult): void {
    const run: RunVerdicts = {
      startedAt: startTime.toISOString(),
      gitHead: gitHead(),
      status,
      projects: this.#projects,
      tests: [...this.#tests, ...(this.#suite === undefined ? [] : neverStarted(this.#suite))],
      errors: this.#errors,
    };
    mkdirSync(dirname(this.#outputFile), { recursive: true });
    writeFileSync(this.#outputFile, JSON.stringify(run, null, 1));
  }

  printsToStdio(): boolean {
    return false;
  }
}
