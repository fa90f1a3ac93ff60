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
import { isRed } from './blame-counts.ts';
import { closingTables } from './closing-table.ts';
import { paintFor } from './paint.ts';
import { plainTextWithPlace } from './plain-text.ts';
import { durationOf, indented, lineOf } from './terminal-line.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { neverStarted, testVerdictsOf } from './test-verdicts.ts';
import { Waits } from './waits.ts';

const LONG_MS = 5000;

/**
 * The reporter that people watch: one line per test with phase, code and blame of its first finding, failure texts, what
 * long tests wait for, and a closing table. Options: `reportFile`, where the report will be.
 */
export default class TerminalReporter implements Reporter {
  readonly #reportFile: string;
  readonly #paint = paintFor(process.stdout, process.env);
  readonly #waits = new Waits(() => performance.now());
  readonly #tests: TestVerdicts[] = [];
  #suite: Suite | undefined;
  #errors = 0;
  #progress: NodeJS.Timeout | undefined;

  constructor({ reportFile }: { readonly reportFile: string }) {
    this.#reportFile = reportFile;
  }

  onBegin({ workers }: FullConfig, suite: Suite): void {
    this.#suite = suite;
    const tests = suite.allTests().length;
    if (tests > 0) this.#print(`\n${tests} tests, ${workers} workers\n`);
    this.#progress = setInterval(() => this.#tellProgress(), LONG_MS).unref();
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
    const verdicts = testVerdictsOf(test, result);
    this.#tests.push(verdicts);
    this.#print(lineOf(verdicts, this.#paint));
    if (!isRed(verdicts)) return;
    for (const error of result.errors) {
      const text = error.message?.includes('blame ') === true ? error.message : plainTextWithPlace(error);
      this.#print(`${indented(text)}\n`);
    }
  }

  onError(error: TestError): void {
    this.#errors += 1;
    this.#print(`\n${this.#paint('red', plainTextWithPlace(error))}`);
  }

  onStdOut(chunk: string | Buffer): void {
    process.stdout.write(chunk);
  }

  onStdErr(chunk: string | Buffer): void {
    process.stderr.write(chunk);
  }

  onEnd({ duration, status }: FullResult): void {
    clearInterval(this.#progress);
    const tests = [...this.#tests, ...(this.#suite === undefined ? [] : neverStarted(this.#suite))];
    const good = tests.filter(({ outcome }) => outcome === 'passed' || outcome === 'known failure').length;
    const verdict = status === 'passed' ? this.#paint('green', 'Fit') : this.#paint('red', 'Not fit');
    const broke = this.#errors === 0 ? '' : `, ${this.#errors} errors outside the tests`;
    this.#print(`\n${closingTables(tests)}`);
    this.#print(`${verdict}: ${good} of ${tests.length} tests good${broke}, in ${durationOf(duration).trim()}`);
    this.#print(`${good} passed, ${tests.length - good} failed`);
    this.#print(`Report: npm run report writes ${this.#reportFile}`);
  }

  #tellProgress(): void {
    for (const { project, title, forMs, at } of this.#waits.longerThan(LONG_MS)) {
      const waiting = at === '' ? '' : `: ${at}`;
      this.#print(this.#paint('gray', `… ${durationOf(forMs)}  ${project} › ${title}${waiting}`));
    }
  }

  #print(text: string): void {
    process.stdout.write(`${text}\n`);
  }
}
