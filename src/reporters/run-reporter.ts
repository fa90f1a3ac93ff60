import { rmSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import { decideOnKnownFailure } from '../failures/known-failure.ts';
import { buildOf, writeRun } from './allure-run.ts';
import { environmentOf, inventoryProblems, readInventory } from './inventory.ts';
import { writeFigures } from './metrics.ts';
import { withoutCommands } from './terminal-text.ts';
import { attachedText, isRed, plainTextWithPlace } from './test-verdicts.ts';
import type { RunTests } from './test-verdicts.ts';

/** How the reporter is set up in `playwright.config.ts`. */
export interface RunReporterOptions {
  readonly tests: RunTests;
  /** Allure's results; cleaned when a run begins. Must come before `allure-playwright`, which writes to the same folder. */
  readonly resultsDir: string;
  readonly inventoryFile: string;
  /** Every declared test must run. */
  readonly isWhole: boolean;
  /** Results of another shard are in the folder. */
  readonly keepResults: boolean;
}

/**
 * Adds to Allure's results what belongs to no single test: the run itself as a test, the environment, the latencies. Turns a
 * run red in which nothing was judged, or, if it is a whole run, in which a declared test is missing.
 */
export default class RunReporter implements Reporter {
  readonly #options: RunReporterOptions;
  readonly #errors: string[] = [];
  readonly #builds = new Map<string, string>();
  #environments: readonly string[] = [];
  #projects: readonly string[] = [];
  #suite: Suite | undefined;

  constructor(options: RunReporterOptions) {
    this.#options = options;
  }

  onBegin({ filteredProjects }: FullConfig, suite: Suite): void {
    this.#suite = suite;
    this.#options.tests.begin(suite);
    const judging = filteredProjects.filter(({ metadata }) => typeof metadata['environment'] === 'string');
    this.#projects = judging.map(({ name }) => name);
    this.#environments = [...new Set(this.#projects.map(environmentOf))];
    if (!this.#options.keepResults) rmSync(this.#options.resultsDir, { recursive: true, force: true });
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const { project } = this.#options.tests.verdictsOf(test, result);
    writeFigures(this.#options.resultsDir, test, result);
    if (!project.endsWith('-preflight')) return;
    const build = buildOf(attachedText(result, 'history') ?? '');
    if (build !== undefined) this.#builds.set(environmentOf(project), build);
  }

  onError(error: TestError): void {
    this.#errors.push(plainTextWithPlace(error));
  }

  async onEnd({ startTime, duration, status }: FullResult): Promise<{ status: FullResult['status'] }> {
    const missing = this.#errors.length > 0 ? [] : inventoryProblems(this.#gate(startTime));
    const startMs = startTime.getTime();
    const stopMs = Math.round(startMs + duration);
    writeRun(this.#options.resultsDir, {
      startMs,
      stopMs,
      problems: [...this.#errors, ...missing],
      environments: this.#environments,
      builds: this.#builds,
      tests: this.#options.tests.all(),
    });
    for (const problem of missing) process.stderr.write(`\n${withoutCommands(stripVTControlCharacters(problem))}\n`);
    const isRedEvenSo = this.#options.tests.all().some(isRed);
    return { status: status === 'passed' && (missing.length > 0 || isRedEvenSo) ? 'failed' : status };
  }

  printsToStdio(): boolean {
    return false;
  }

  #gate(now: Date) {
    const { inventoryFile, isWhole } = this.#options;
    return {
      tests: this.#options.tests.all(),
      inventory: isWhole ? readInventory(inventoryFile) : { preflight: {}, contract: {}, nightly: {} },
      projects: this.#projects,
      isWhole,
      staleKnownFailures: staleKnownFailures(this.#suite, now.toISOString().slice(0, 10)),
    };
  }
}

/** The known failures of the selected tests that are expired or unreadable, once each. `today` is a date as in 2026-12-31. */
function staleKnownFailures(suite: Suite | undefined, today: string): readonly string[] {
  const descriptions = (suite?.allTests() ?? []).flatMap(({ annotations }) =>
    annotations.flatMap(({ type, description }) => (type === 'known-failure' ? [description ?? ''] : [])),
  );
  return [...new Set(descriptions)].flatMap((description) => {
    const decision = decideOnKnownFailure(description, today);
    return decision.expect === 'nothing' ? [decision.because] : [];
  });
}
