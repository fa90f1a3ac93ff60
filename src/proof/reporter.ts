import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FullConfig, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import type { FoundFinding } from './compare.ts';

/** The name of the attachment that carries a {@link ProofOfTest}. */
export const PROOF_ATTACHMENT = 'proof';

/** The project that calls the checks alone; its tests name their case in an annotation. */
export const CHECKS_PROJECT = 'checks';

/** The annotation that names the case of a test. */
export const CASE_ANNOTATION = 'case';

/** What one test of the contract found on one twin. */
export interface ProofOfTest {
  /** Whether a verdict does not hold. */
  readonly red: boolean;
  readonly findings: readonly FoundFinding[];
  /** Names of the faults that really changed something. */
  readonly fired: readonly string[];
  /** The worst delay of the harness itself, in milliseconds. */
  readonly lagMs: number;
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
  /** Signature of the diagnosis, such as `FM-22`; absent when nothing is wrong or nothing matches. */
  readonly diagnosis?: string;
}

/** One test of one case. */
export interface ProvenTest extends ProofOfTest {
  readonly project: string;
  readonly title: string;
  readonly durationMs: number;
  readonly passed: boolean;
  /** The case of a test that calls the checks alone. */
  readonly proves?: string;
}

const NO_PROOF: ProofOfTest = { red: false, findings: [], fired: [], lagMs: 0, errors: ['the test left no proof'] };

/** Playwright reporter that collects what the tests attached for the proof. Options: `outputFile`. */
export default class ProofReporter implements Reporter {
  readonly #outputFile: string;
  readonly #tests: ProvenTest[] = [];
  #expected = 0;

  constructor({ outputFile }: { readonly outputFile: string }) {
    this.#outputFile = outputFile;
  }

  onBegin(_config: FullConfig, suite: Suite): void {
    this.#expected = suite.allTests().length;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    const project = test.parent.project()?.name ?? '';
    const proves = test.annotations.find(({ type }) => type === CASE_ANNOTATION)?.description;
    this.#tests.push({
      ...proofOf(result),
      project,
      title: test.title,
      durationMs: result.duration,
      passed: result.status === 'passed',
      ...(proves !== undefined && { proves }),
    });
    if (this.#tests.length % 200 === 0) process.stderr.write(`  ${this.#tests.length} of ${this.#expected} tests\n`);
  }

  onError({ message }: { readonly message?: string }): void {
    process.stderr.write(`${message ?? 'unknown error'}\n`);
  }

  onEnd(): void {
    mkdirSync(dirname(this.#outputFile), { recursive: true });
    writeFileSync(this.#outputFile, JSON.stringify(this.#tests));
  }

  printsToStdio(): boolean {
    return true;
  }
}

function proofOf({ attachments, errors }: TestResult): ProofOfTest {
  const body = attachments.findLast(({ name }) => name === PROOF_ATTACHMENT)?.body?.toString();
  if (body === undefined)
    return { ...NO_PROOF, errors: [...NO_PROOF.errors, ...errors.map(({ message }) => message ?? '')] };
  const proof: ProofOfTest = JSON.parse(body);
  return proof;
}
