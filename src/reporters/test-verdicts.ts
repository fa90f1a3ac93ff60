import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Suite, TestCase, TestError, TestResult } from '@playwright/test/reporter';
import type { Owner } from '../checks/blame.ts';
import { isLeak } from '../checks/findings.ts';
import { findingsOf } from '../checks/verdict.ts';
import type { Finding, Verdict } from '../checks/verdict.ts';
import { causesOf } from '../failures/causes.ts';
import type { Cause, JudgedTest } from '../failures/causes.ts';
import type { DiagnosisInShort } from '../failures/diagnosis.ts';
import type { Symptoms } from '../failures/symptoms.ts';
import type { RunAtItsEnd } from '../report/cause-block.ts';
import type { Latencies } from '../report/timings.ts';

/**
 * How a test ended: it passed, a promise was violated, a promise could not be verified, it failed without a verdict, it
 * failed as declared (a known failure), it was cut off, or it did not run.
 */
export const OUTCOMES = [
  'passed',
  'violated',
  'not verified',
  'failed',
  'known failure',
  'interrupted',
  'not run',
] as const;

export type TestOutcome = (typeof OUTCOMES)[number];

/** What an outcome depends on. `isExpected`: Playwright counts the test as good. */
export interface OutcomeFacts {
  readonly status: TestResult['status'];
  readonly isExpected: boolean;
  readonly verdicts: readonly Verdict[];
}

/**
 * The outcome of a test; a violation outweighs a doubt, and both outweigh an error beside them. A test that passes although
 * a verdict of it does not hold, as the preflight of a deployment that serves somebody, counts as its verdicts do.
 */
export function outcomeOf({ status, isExpected, verdicts }: OutcomeFacts): TestOutcome {
  if (status === 'skipped') return 'not run';
  if (status === 'interrupted') return 'interrupted';
  if (isExpected && status !== 'passed') return 'known failure';
  if (status === 'passed' && !isExpected) return 'failed';
  if (verdicts.some(({ holds }) => holds === false)) return 'violated';
  if (verdicts.some(({ holds }) => holds === 'unknown')) return 'not verified';
  return status === 'passed' ? 'passed' : 'failed';
}

/** What scripts read of one test. */
export interface TestVerdicts {
  readonly project: string;
  readonly title: string;
  readonly file: string;
  /** Where in the file the test begins. */
  readonly line: number;
  readonly requirements: readonly string[];
  readonly status: TestResult['status'];
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  /** How many attempts of the test failed before this one; absent for the first. Only with `--retries`. */
  readonly retry?: number;
  readonly verdicts: readonly Verdict[];
  /** Of a red test. */
  readonly diagnosis?: DiagnosisInShort;
  /** What it contributes to the causes of the run; absent where it left no evidence. */
  readonly symptoms?: Symptoms;
  /** Path of the attached timeline. */
  readonly timeline?: string;
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
  readonly latencies?: Latencies;
}

/** How an Allure result is matched with the test that it is about. */
export type EndedTest = Pick<TestVerdicts, 'project' | 'title' | 'durationMs'>;

/**
 * The verdicts of all tests of one run. `reportersOf` makes one and hands it to every reporter; what a test attached is read
 * and parsed once, whichever reporter asks first.
 */
export class RunTests {
  readonly #byResult = new Map<TestResult, TestVerdicts>();
  /** The last attempt of each test, in the order in which tests ended first. */
  readonly #last = new Map<TestCase, TestVerdicts>();
  /** What the block that ends the run is made of; set when it ends. */
  end: RunAtItsEnd | undefined;
  #suite: Suite | undefined;
  #causes: { readonly of: number; readonly causes: readonly Cause[] } | undefined;

  /** Says which tests were selected. */
  begin(suite: Suite): void {
    this.#suite = suite;
  }

  /** What one test, just ended, has attached and thrown. */
  verdictsOf(test: TestCase, result: TestResult): TestVerdicts {
    const known = this.#byResult.get(result);
    if (known !== undefined) return known;
    const read = testVerdictsOf(test, result);
    this.#byResult.set(result, read);
    this.#last.set(test, read);
    return read;
  }

  /** The last test that ended like this; undefined when none did. */
  find({ project, title, durationMs }: EndedTest): TestVerdicts | undefined {
    return [...this.#byResult.values()].findLast(
      (test) => test.project === project && test.title === title && test.durationMs === durationMs,
    );
  }

  /** Every test once, by its last attempt: those that ended, in that order, then those that were selected and never started. */
  all(): readonly TestVerdicts[] {
    return [...this.#last.values(), ...(this.#suite === undefined ? [] : neverStarted(this.#suite))];
  }

  /** The causes of what is red so far. */
  causes(): readonly Cause[] {
    if (this.#causes?.of !== this.#byResult.size) {
      this.#causes = { of: this.#byResult.size, causes: causesOf(this.all().map(judgedTest)) };
    }
    return this.#causes.causes;
  }
}

function testVerdictsOf(test: TestCase, result: TestResult): TestVerdicts {
  const verdicts = attached(result, 'verdicts') ?? [];
  const latencies = attached(result, 'latencies');
  const diagnosis = attached(result, 'signature');
  const symptoms = attached(result, 'symptoms');
  const timeline = result.attachments.find(({ name }) => name === 'timeline')?.path;
  const errors = result.errors.map(plainText).filter((message) => !isVerdict(message));
  return {
    ...identityOf(test),
    status: result.status,
    outcome: outcomeOf({ status: result.status, isExpected: test.ok(), verdicts }),
    durationMs: result.duration,
    ...(result.retry > 0 && { retry: result.retry }),
    verdicts,
    ...(diagnosis !== undefined && { diagnosis }),
    ...(symptoms !== undefined && { symptoms }),
    ...(timeline !== undefined && { timeline: relative('', timeline) }),
    errors,
    ...(latencies !== undefined && { latencies }),
  };
}

/** Tests behind a red preflight never start. */
function neverStarted(suite: Suite): readonly TestVerdicts[] {
  return suite
    .allTests()
    .filter(({ results }) => results.length === 0)
    .map((test) => ({
      ...identityOf(test),
      status: 'skipped',
      outcome: 'not run',
      durationMs: 0,
      verdicts: [],
      errors: [],
    }));
}

function identityOf(test: TestCase): Pick<TestVerdicts, 'project' | 'title' | 'file' | 'line' | 'requirements'> {
  return {
    project: test.parent.project()?.name ?? '',
    title: test.title,
    file: fileOf(test),
    line: test.location.line,
    requirements: test.annotations.flatMap(({ type, description }) => (type === 'tms' ? [description ?? ''] : [])),
  };
}

/** The path of the spec, from the folder of the tests on. */
function fileOf({ location }: Pick<TestCase, 'location'>): string {
  return location.file.slice(location.file.lastIndexOf('/tests/') + 1);
}

/** The first finding of the verdicts that do not hold: leaks first, then violations, then doubts. */
export function firstFinding(verdicts: readonly Verdict[]): { check: string; finding: Finding } | undefined {
  const found = [false, 'unknown'].flatMap((kind) =>
    verdicts.flatMap((verdict) =>
      verdict.holds === kind ? findingsOf(verdict).map((finding) => ({ check: verdict.check, finding })) : [],
    ),
  );
  return found.find(({ finding }) => isLeak(finding.code)) ?? found[0];
}

function isVerdict(message: string): boolean {
  return message.includes('Violated: ') || message.includes('Not verified: ');
}

type Attaching = Pick<TestResult, 'attachments'>;

/** The text that a test attached under a name; undefined when it attached none. */
export function attachedText({ attachments }: Attaching, name: string): string | undefined {
  const attachment = attachments.findLast((candidate) => candidate.name === name);
  return attachment?.path === undefined ? attachment?.body?.toString() : readFileSync(attachment.path, 'utf8');
}

/** What the evidence fixture attaches as JSON, by name. `signature`: what a red test looks like. */
interface Attached {
  readonly verdicts: readonly Verdict[];
  readonly latencies: Latencies;
  readonly signature: DiagnosisInShort;
  readonly symptoms: Symptoms;
}

function attached<Name extends keyof Attached>(result: Attaching, name: Name): Attached[Name] | undefined {
  const text = attachedText(result, name);
  if (text === undefined) return undefined;
  const value: Attached[Name] = JSON.parse(text);
  return value;
}

/** Whether a test counts against the run. */
export function isRed({ outcome }: Pick<TestVerdicts, 'outcome'>): boolean {
  return outcome === 'violated' || outcome === 'not verified' || outcome === 'failed';
}

/** A test as the causes of its run are found from it. */
export function judgedTest(test: TestVerdicts): JudgedTest {
  const { title, verdicts, errors, symptoms } = test;
  return {
    title,
    place: placeOf(test),
    isRed: isRed(test),
    verdicts,
    errors,
    ...(symptoms !== undefined && { symptoms }),
  };
}

/** Where a test stands: `tests/contract/welcome.spec.ts:8`. */
export function placeOf({ file, line }: Pick<TestVerdicts, 'file' | 'line'>): string {
  return `${file}:${line}`;
}

/** How many red tests each party has to look at: a test counts for the owner of the first cause that names it. */
export function redByOwner(tests: readonly TestVerdicts[], causes: readonly Cause[]): ReadonlyMap<Owner, number> {
  const counts = new Map<Owner, number>();
  for (const { title, verdicts } of tests.filter(isRed)) {
    const cause = causes.find(({ tests: titles }) => titles.includes(title));
    const owner = cause?.owner ?? firstFinding(verdicts)?.finding.blame ?? 'harness';
    counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  return counts;
}

/** The text of an error without colours and without the word `Error:` in front. */
export function plainText({ message, value }: TestError): string {
  return stripVTControlCharacters(message ?? value ?? 'an error without a message').replace(/^Error: /, '');
}

/** The same, with the place in the source that a syntax error or a crash points to. */
export function plainTextWithPlace(error: TestError): string {
  const { snippet, location } = error;
  const place =
    location === undefined ? [] : [`  at ${relative('', location.file)}:${location.line}:${location.column}`];
  const lines = snippet === undefined ? [] : [stripVTControlCharacters(snippet)];
  return [plainText(error), ...place, ...lines].join('\n');
}
