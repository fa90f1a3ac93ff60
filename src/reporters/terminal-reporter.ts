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
  paintFor,
  withoutCommands,
} from './terminal-text.ts';
import { isRed, plainTextWithPlace } from './test-verdicts.ts';
import type { RunTests, TestVerdicts } from './test-verdicts.ts';

const LONG_MS = 5000;

/**
 * The reporter that people watch: one line per test with phase, code and blame of its first finding, failure texts, what
 * long tests wait for, and a closing table. Options: `reportFile`, where the report will be, and `tests`.
 */
export default class TerminalReporter implements Reporter {
  readonly #reportFile: string;
  readonly #paint = paintFor(process.stdout, process.env);
  readonly #waits = new Waits(() => performance.now());
  readonly #tests: RunTests;
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
    this.#print(lineOf(verdicts, this.#paint));
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
