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
import { causeBlock, headlineOf } from '../report/cause-block.ts';
import type { RunAtItsEnd } from '../report/cause-block.ts';
import { runAtItsEnd } from './run-end.ts';
import { Scroll } from './scroll.ts';
import {
  bypassNotice,
  closingTables,
  durationOf,
  legendOf,
  lineOf,
  lineOfFile,
  paintFor,
  withoutCommands,
} from './terminal-text.ts';
import { isRed, plainTextWithPlace } from './test-verdicts.ts';
import type { RunTests, TestVerdicts } from './test-verdicts.ts';

const LONG_MS = 5000;

/**
 * The reporter that people watch: what is red and why, what long tests wait for, closing tables, and the block of causes. The
 * passed tests of a file share one line, unless `TEST_LINES=all` asks for each; `VERBOSE=1` prints every failure text too.
 * Options: `reportFile`, where the report will be, and `tests`.
 */
export default class TerminalReporter implements Reporter {
  readonly #reportFile: string;
  readonly #paint = paintFor(process.stdout, process.env);
  readonly #waits = new Waits(() => performance.now());
  readonly #tests: RunTests;
  #files: PassedFiles | undefined;
  #isBypassPrinted = false;
  readonly #isVerbose = (process.env['VERBOSE'] ?? '') !== '';
  readonly #scroll = new Scroll(this.#paint, this.#isVerbose);
  #progress: NodeJS.Timeout | undefined;

  constructor({ reportFile, tests }: { readonly reportFile: string; readonly tests: RunTests }) {
    this.#reportFile = reportFile;
    this.#tests = tests;
  }

  onBegin({ workers }: FullConfig, suite: Suite): void {
    this.#tests.begin(suite);
    const tests = suite.allTests().length;
    if (!this.#isVerbose && process.env['TEST_LINES'] !== 'all') this.#files = new PassedFiles(suite);
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
    if (isRed(verdicts)) for (const line of this.#scroll.linesOf(verdicts, result)) this.#print(line);
    else if (passed === undefined || verdicts.outcome !== 'passed') this.#print(lineOf(verdicts, this.#paint));
    if (passed !== undefined && passed.length > 0) this.#print(lineOfFile(passed, this.#paint));
  }

  #printBypassOnce({ verdicts }: TestVerdicts): void {
    const notice = this.#isBypassPrinted ? undefined : bypassNotice(verdicts);
    if (notice === undefined) return;
    this.#isBypassPrinted = true;
    this.#print(`${this.#paint('red', notice)}\n`);
  }

  onError(error: TestError): void {
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
    for (const line of this.#scroll.rest()) this.#print(line);
    const tests = this.#tests.all();
    const none = { status, durationMs: duration, errors: [], lasting: undefined };
    const end = this.#tests.end ?? runAtItsEnd(this.#tests, none);
    const legend = legendOf(tests);
    if (tests.length > 0) this.#print(`\n${closingTables(tests, end.causes)}`);
    if (legend !== '') this.#print(this.#paint('gray', legend));
    const [headline = headlineOf(end), ...lines] = causeBlock(end);
    this.#print(`\n${this.#paint(headline.startsWith('FIT') ? 'green' : 'red', headline)}`);
    for (const line of lines) this.#print(withoutCommands(line));
    this.#print(`\nReport: npm run report writes ${relative(process.cwd(), this.#reportFile)}`);
    this.#print(countsOf(end));
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

/** `52 passed, 1 failed`; known failures are passed. What was interrupted or did not run is neither. */
function countsOf({ tests, red, interrupted, notRun }: RunAtItsEnd): string {
  const passed = tests - red - interrupted - notRun;
  const more = [
    ...(interrupted > 0 ? [`${interrupted} interrupted`] : []),
    ...(notRun > 0 ? [`${notRun} not run`] : []),
  ];
  return [`${passed} passed, ${red} failed`, ...more].join(', ');
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
