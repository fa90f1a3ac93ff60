import type { Suite, TestCase, TestResult } from '@playwright/test/reporter';
import type { Finding, Verdict } from '../checks/verdict.ts';
import type { DiagnosisInShort } from '../failures/diagnosis.ts';
import type { Latencies } from '../report/timings.ts';
import { attachedDiagnosis, attachedLatencies, attachedVerdicts } from './attached.ts';
import type { TestOutcome } from './outcome.ts';
import { outcomeOf } from './outcome.ts';

/** What scripts read of one test. */
export interface TestVerdicts {
  readonly project: string;
  readonly title: string;
  readonly file: string;
  readonly requirements: readonly string[];
  readonly status: TestResult['status'];
  readonly outcome: TestOutcome;
  readonly durationMs: number;
  readonly verdicts: readonly Verdict[];
  /** Of a red test. */
  readonly diagnosis?: DiagnosisInShort;
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
  readonly latencies?: Latencies;
}

/** Reads what one test, just ended, has attached and thrown. */
export function testVerdictsOf(test: TestCase, result: TestResult): TestVerdicts {
  const verdicts = attachedVerdicts(result);
  const latencies = attachedLatencies(result);
  const diagnosis = attachedDiagnosis(result);
  const errors = result.errors.map(({ message }) => message ?? '').filter((message) => !isVerdict(message));
  return {
    ...identityOf(test),
    status: result.status,
    outcome: outcomeOf({ status: result.status, isExpected: test.ok(), verdicts }),
    durationMs: result.duration,
    verdicts,
    ...(diagnosis !== undefined && { diagnosis }),
    errors,
    ...(latencies !== undefined && { latencies }),
  };
}

/** The tests that were selected and never started, such as those behind a red preflight. */
export function neverStarted(suite: Suite): readonly TestVerdicts[] {
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

function identityOf(test: TestCase): Pick<TestVerdicts, 'project' | 'title' | 'file' | 'requirements'> {
  return {
    project: test.parent.project()?.name ?? '',
    title: test.title,
    file: fileOf(test),
    requirements: test.annotations.flatMap(({ type, description }) => (type === 'tms' ? [description ?? ''] : [])),
  };
}

/** The path of the spec, from the folder of the tests on. */
export function fileOf({ location }: Pick<TestCase, 'location'>): string {
  return location.file.slice(location.file.lastIndexOf('/tests/') + 1);
}

/** The first finding of the first verdict that does not hold, violations before doubts. */
export function firstFinding(verdicts: readonly Verdict[]): { check: string; finding: Finding } | undefined {
  const failing = [false, 'unknown'].flatMap((kind) => verdicts.filter(({ holds }) => holds === kind));
  const [first] = failing;
  if (first === undefined || first.holds === true) return undefined;
  return { check: first.check, finding: first.findings[0] };
}

function isVerdict(message: string): boolean {
  return message.includes('Violated: ') || message.includes('Not verified: ');
}
