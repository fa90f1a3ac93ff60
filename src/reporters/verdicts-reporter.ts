import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
} from '@playwright/test/reporter';
import type { Cause } from '../failures/causes.ts';
import { causeBlock } from '../report/cause-block.ts';
import { withoutCommands } from './terminal-text.ts';
import { plainText } from './test-verdicts.ts';
import type { RunTests, TestVerdicts } from './test-verdicts.ts';

/** `reports/verdicts.json`: every verdict of a run. */
export interface RunVerdicts {
  readonly startedAt: string;
  readonly gitHead: string;
  /** `not finished` until the last reporter has written: also for good, where a run dies or `--reporter` replaces the reporters. */
  readonly status: FullResult['status'] | 'not finished';
  readonly projects: readonly Readonly<Record<string, unknown>>[];
  readonly tests: readonly TestVerdicts[];
  /** Why tests are red, the most serious first. */
  readonly causes: readonly Cause[];
  /** The block that ends the run, line by line. */
  readonly block: readonly string[];
  /** Errors outside the tests: settings, a spec that does not load. */
  readonly errors: readonly string[];
}

/** The file of a run's verdicts, within the folder of its reports. */
export const RUN_FILE = 'verdicts.json';

/** What is known of a run before its first test. */
export function unfinishedRun(startedAt: Date): RunVerdicts {
  return {
    startedAt: startedAt.toISOString(),
    gitHead: '',
    status: 'not finished',
    projects: [],
    tests: [],
    causes: [],
    block: [],
    errors: [],
  };
}

/** Why nothing can be said about a run that did not finish; undefined for one that did, and for none. */
export function whyUnfinished(run: RunVerdicts | undefined): string | undefined {
  if (run?.status !== 'not finished') return undefined;
  return (
    `The run that started at ${run.startedAt} has not finished, so there is nothing to show: it is still running, it was ended ` +
    'from outside, or --reporter replaced the reporters that write results. Run the tests again, without --reporter.'
  );
}

/** Playwright reporter that writes `reports/verdicts.json`, and the block of causes to `summary.md` and the step summary. Options: `outputFile`, `tests`. */
export default class VerdictsReporter implements Reporter {
  readonly #outputFile: string;
  readonly #tests: RunTests;
  readonly #errors: string[] = [];
  #projects: readonly Readonly<Record<string, unknown>>[] = [];

  constructor({ outputFile, tests }: { readonly outputFile: string; readonly tests: RunTests }) {
    this.#outputFile = outputFile;
    this.#tests = tests;
  }

  onBegin({ filteredProjects }: FullConfig, suite: Suite): void {
    this.#tests.begin(suite);
    this.#projects = filteredProjects.map(({ name, metadata }) => ({ name, ...metadata }));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#tests.verdictsOf(test, result);
  }

  onError(error: TestError): void {
    this.#errors.push(plainText(error));
  }

  onEnd({ status, startTime }: FullResult): void {
    const end = this.#tests.end;
    const block = end === undefined ? [] : causeBlock(end);
    const run: RunVerdicts = {
      startedAt: startTime.toISOString(),
      gitHead: gitHead(),
      status,
      projects: this.#projects,
      tests: this.#tests.all(),
      causes: this.#tests.causes(),
      block,
      errors: this.#errors,
    };
    mkdirSync(dirname(this.#outputFile), { recursive: true });
    // Renamed when it is whole, so that nobody reads half of it.
    writeFileSync(`${this.#outputFile}.part`, JSON.stringify(run, null, 1));
    renameSync(`${this.#outputFile}.part`, this.#outputFile);
    const summary = ['```text', ...block.map((line) => withoutCommands(line).replaceAll('```', "'''")), '```', ''].join(
      '\n',
    );
    writeFileSync(join(dirname(this.#outputFile), 'summary.md'), summary);
    const stepSummary = process.env['GITHUB_STEP_SUMMARY'] ?? '';
    if (stepSummary !== '') appendFileSync(stepSummary, summary);
  }

  printsToStdio(): boolean {
    return false;
  }
}

/** The commit of the harness, with `+changes` when the work tree differs from it; empty outside a repository. */
export function gitHead(): string {
  try {
    const changes = git('status', '--porcelain');
    return `${git('rev-parse', '--short', 'HEAD')}${changes === '' ? '' : '+changes'}`;
  } catch {
    return '';
  }
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, {
    cwd: import.meta.dirname,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

/** Reads `reports/verdicts.json`; undefined when no run wrote one. */
export function readRun(file: string): RunVerdicts | undefined {
  if (!existsSync(file)) return undefined;
  const run: RunVerdicts = JSON.parse(readFileSync(file, 'utf8'));
  return run;
}

/**
 * The name of a run's report, such as `WebSocket end-to-end: staging`. Runs of one name are one series in the history.
 */
export function reportName(run: RunVerdicts | undefined): string {
  const projects = new Set((run?.projects ?? []).map(({ name }) => String(name).replace(/-preflight$/, '')));
  return ['WebSocket end-to-end', [...projects].join(', ')].filter((part) => part !== '').join(': ');
}

/*
 * The history of runs must hold each run once, however often its report is drawn. A run is known by the moment at which it
 * started, which it wrote to `verdicts.json`.
 */

/** Whether the last run is in the history already. A run without a known start is not. */
export function isRecorded(reports: string): boolean {
  const marker = markerIn(reports);
  const run = runIn(reports);
  return run !== undefined && existsSync(marker) && readFileSync(marker, 'utf8') === run;
}

/** Remembers that the last run is in the history. */
export function markRecorded(reports: string): void {
  mkdirSync(join(reports, 'allure-history'), { recursive: true });
  writeFileSync(markerIn(reports), runIn(reports) ?? '');
}

function markerIn(reports: string): string {
  return join(reports, 'allure-history', 'last-recorded.txt');
}

function runIn(reports: string): string | undefined {
  return readRun(join(reports, RUN_FILE))?.startedAt;
}
