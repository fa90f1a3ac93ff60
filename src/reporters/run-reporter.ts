import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
import { causeBlock } from '../report/cause-block.ts';
import { buildOf, writeRun } from './allure-run.ts';
import { environmentOf, inventoryProblems, readInventory } from './inventory.ts';
import { writeFigures } from './metrics.ts';
import { followCauses, runAtItsEnd } from './run-end.ts';
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
  readonly #unwritten = new Set<string>();
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
    const { resultsDir, keepResults } = this.#options;
    this.#attempt(() => {
      if (!keepResults) rmSync(resultsDir, { recursive: true, force: true });
      mkdirSync(resultsDir, { recursive: true });
      const probe = join(resultsDir, '.writable');
      writeFileSync(probe, '');
      rmSync(probe);
    });
    for (const problem of this.#unwritten) process.stderr.write(`\n${problem}\n`);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const { project } = this.#options.tests.verdictsOf(test, result);
    this.#attempt(() => writeFigures(this.#options.resultsDir, test, result));
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
    const { tests, resultsDir } = this.#options;
    const problems = [...this.#errors, ...missing.map(stripVTControlCharacters)];
    const isRedEvenSo = status === 'passed' && (missing.length > 0 || tests.all().some(isRed));
    const ended = { status: isRedEvenSo ? 'failed' : status, durationMs: duration } as const;
    let lasting: ReturnType<typeof followCauses>;
    this.#attempt(() => {
      lasting = followCauses(dirname(resultsDir), this.#projects, tests.causes(), startTime.toISOString());
    });
    tests.end = runAtItsEnd(tests, { ...ended, errors: [...problems, ...this.#unwritten], lasting });
    this.#attempt(() =>
      writeRun(resultsDir, {
        startMs,
        stopMs,
        problems,
        block: causeBlock(runAtItsEnd(tests, { ...ended, errors: [], lasting })),
        environments: this.#environments,
        builds: this.#builds,
        tests: tests.all(),
      }),
    );
    tests.end = { ...tests.end, errors: [...problems, ...this.#unwritten] };
    return { status: missing.length > 0 || this.#unwritten.size > 0 ? 'failed' : ended.status };
  }

  printsToStdio(): boolean {
    return false;
  }

  /** Writes something; what cannot be written is a problem of the run, and no reason to stop it. */
  #attempt(write: () => void): void {
    try {
      write();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#unwritten.add(
        `reports: expected a folder that can be written, got: ${why}. Verdicts are printed, but no report is kept; free the disk, or set REPORTS_FOLDER.`,
      );
    }
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
