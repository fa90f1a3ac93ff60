import { relative } from 'node:path';
import type {
  FullConfig,
  FullResult,
  Reporter,
  Suite,
  TestCase,
  TestError,
  TestResult,
  TestStep,
} from '@playwright/test/reporter';
import { explain } from '../report/explain.ts';
import {
  bypassNotice,
  closingTables,
  durationOf,
  indented,
  lineOf,
  lineOfFile,
  paintFor,
  withoutCommands,
} from './terminal-text.ts';
import { isRed, plainTextWithPlace } from './test-verdicts.ts';
import type { RunTests, TestVerdicts } from './test-verdicts.ts';

const LONG_MS = 5000;
/** Up to as many tests, each passed one has its line. */
const MOST_LINES = 150;

/**
 * The reporter that people watch: one line per test with phase, code and blame of its first finding, failure texts, what
 * long tests wait for, and a closing table. In a large run the passed tests of a file share one line, unless `TEST_LINES=all`
 * asks for each. Options: `reportFile`, where the report will be, and `tests`.
 */
export default class TerminalReporter implements Reporter {
  readonly #reportFile: string;
  readonly #paint = paintFor(process.stdout, process.env);
  readonly #waits = new Waits(() => performance.now());
  readonly #tests: RunTests;
  #files: PassedFiles | undefined;
  #isBypassPrinted = false;
  #errors = 0;
  #progress: NodeJS.Timeout | undefined;

  constructor({ reportFile, tests }: { readonly reportFile: string; readonly tests: RunTests }) {
    this.#reportFile = reportFile;
    this.#tests = tests;
  }

  onBegin({ workers }: FullConfig, suite: Suite): void {
    this.#tests.begin(suite);
    const tests = suite.allTests().length;
    if (tests > MOST_LINES && process.env['TEST_LINES'] !== 'all') this.#files = new PassedFiles(suite);
    if (tests > 0) this.#print(`\n${tests} tests, ${workers} workers\n`);
    this.#progress = setInterval(() => this.#printProgress(), LONG_MS).unref();
  }

  onTestBegin(test: TestCase): void {
    this.#waits.begin(test);
  }

  onStepBegin(test: TestCase, _result: TestResult, step: TestStep): void {
    this.#waits.open(test, step);
  }

  onStepEnd(test: TestCase, _result: TestResult, step: TestStep): void {
    this.#waits.close(test, step);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.#waits.end(test);
    const verdicts = this.#tests.verdictsOf(test, result);
    this.#printBypassOnce(verdicts);
    const passed = this.#files?.end(test, verdicts);
    if (passed === undefined || verdicts.outcome !== 'passed') this.#print(lineOf(verdicts, this.#paint));
    if (passed !== undefined && passed.length > 0) this.#print(lineOfFile(passed, this.#paint));
    if (!isRed(verdicts)) return;
    if (result.errors.length === 0) this.#print(`${indented(explain(verdicts.verdicts, 'attachment "timeline"'))}\n`);
    for (const error of result.errors) {
      const text = error.message?.includes('blame ') === true ? error.message : plainTextWithPlace(error);
      this.#print(`${indented(text)}\n`);
    }
  }

  #printBypassOnce({ verdicts }: TestVerdicts): void {
    const notice = this.#isBypassPrinted ? undefined : bypassNotice(verdicts);
    if (notice === undefined) return;
    this.#isBypassPrinted = true;
    this.#print(`${this.#paint('red', notice)}\n`);
  }

  onError(error: TestError): void {
    this.#errors += 1;
    this.#print(`\n${this.#paint('red', withoutCommands(plainTextWithPlace(error)))}`);
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  onEnd({ duration, status }: FullResult): void {
    clearInterval(this.#progress);
    const tests = this.#tests.all();
    const good = tests.filter(({ outcome }) => outcome === 'passed' || outcome === 'known failure').length;
    const verdict = status === 'passed' ? this.#paint('green', 'Fit') : this.#paint('red', 'Not fit');
    const broke = this.#errors === 0 ? '' : `, ${this.#errors} errors outside the tests`;
    this.#print(`\n${closingTables(tests)}`);
    this.#print(`${verdict}: ${good} of ${tests.length} tests good${broke}, in ${durationOf(duration).trim()}`);
    this.#print(`${good} passed, ${tests.length - good} failed`);
    this.#print(`Report: npm run report writes ${relative(process.cwd(), this.#reportFile)}`);
  }

  #printProgress(): void {
    for (const { project, title, forMs, at } of this.#waits.longerThan(LONG_MS)) {
      const waiting = at === '' ? '' : `: ${withoutCommands(at)}`;
      this.#print(this.#paint('gray', `… ${durationOf(forMs)}  ${project} › ${title}${waiting}`));
    }
  }

  #print(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}

/** Gathers the passed tests of each file of a project until the last of its tests has ended. */
export class PassedFiles {
  readonly #open = new Map<Suite | undefined, Set<TestCase>>();
  readonly #passed = new Map<Suite | undefined, TestVerdicts[]>();

  constructor(suite: Suite) {
    for (const test of suite.allTests()) {
      const tests = this.#open.get(fileSuiteOf(test)) ?? new Set();
      this.#open.set(fileSuiteOf(test), tests.add(test));
    }
  }

  /** The passed tests of the file whose last test this is; none while others are still to come. */
  end(test: TestCase, verdicts: TestVerdicts): readonly TestVerdicts[] {
    const file = fileSuiteOf(test);
    const passed = this.#passed.get(file) ?? [];
    if (verdicts.outcome === 'passed') this.#passed.set(file, [...passed, verdicts]);
    const open = this.#open.get(file);
    if (willBeRetried(test, verdicts)) return [];
    open?.delete(test);
    return open?.size === 0 ? (this.#passed.get(file) ?? []) : [];
  }
}

function willBeRetried({ retries }: TestCase, { outcome, retry = 0 }: TestVerdicts): boolean {
  return outcome !== 'passed' && outcome !== 'known failure' && outcome !== 'not run' && retry < retries;
}

function fileSuiteOf(test: TestCase): Suite | undefined {
  let suite: Suite | undefined = test.parent;
  while (suite !== undefined && suite.type !== 'file') suite = suite.parent;
  return suite;
}

/** A test that has been running for long. */
export interface LongTest {
  readonly project: string;
  readonly title: string;
  readonly forMs: number;
  /** The innermost step that is open; empty when none is. */
  readonly at: string;
}

/** Follows which tests run and which of their steps are open. Clock: milliseconds. */
export class Waits {
  readonly #running = new Map<TestCase, { readonly sinceMs: number; readonly open: TestStep[] }>();
  readonly #clock: () => number;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  begin(test: TestCase): void {
    this.#running.set(test, { sinceMs: this.#clock(), open: [] });
  }

  end(test: TestCase): void {
    this.#running.delete(test);
  }

  open(test: TestCase, step: TestStep): void {
    this.#running.get(test)?.open.push(step);
  }

  close(test: TestCase, step: TestStep): void {
    const open = this.#running.get(test)?.open ?? [];
    const position = open.indexOf(step);
    if (position !== -1) open.splice(position, 1);
  }

  /** The tests that have been running for at least `leastMs`. */
  longerThan(leastMs: number): readonly LongTest[] {
    const now = this.#clock();
    return [...this.#running]
      .filter(([, { sinceMs }]) => now - sinceMs >= leastMs)
      .map(([test, { sinceMs, open }]) => {
        const step = open.findLast(({ category }) => category === 'test.step') ?? open.at(-1);
        const project = test.parent.project()?.name ?? '';
        return { project, title: test.title, forMs: now - sinceMs, at: step?.title ?? '' };
      });
  }
}
