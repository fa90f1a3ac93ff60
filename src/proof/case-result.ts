import type { Case } from './cases.ts';
import type { Differences } from './compare.ts';
import { compare, nameOfFinding, namesOfFindings } from './compare.ts';
import type { ProvenTest } from './reporter.ts';
import { CHECKS_PROJECT } from './reporter.ts';

/** What the contract, and the checks alone, made of one case. */
export interface CaseResult extends Differences {
  readonly name: string;
  readonly kind: Case['kind'];
  /** How many tests of the contract ran. */
  readonly tests: number;
  /** Tests with a verdict that does not hold. */
  readonly red: number;
  /** Tests in which the fault really changed something. */
  readonly fired: number;
  readonly found: readonly string[];
  readonly diagnosis: { readonly expected: string | undefined; readonly found: string | undefined };
  /** Whether the checks alone, called on the histories of the scenarios, said the same; undefined when they did not run. */
  readonly checks: boolean | undefined;
  /** The worst delay of the harness itself, in milliseconds. */
  readonly lagMs: number;
}

/** Judges cases by what their tests left behind. */
export function resultsOf(cases: readonly Case[], all: readonly ProvenTest[]): readonly CaseResult[] {
  return cases.map((each) => {
    const alone = all.find(({ project, proves }) => project === CHECKS_PROJECT && proves === each.name);
    return resultOf(
      each,
      all.filter(({ project }) => project === each.name),
      alone?.passed,
    );
  });
}

function resultOf(subject: Case, tests: readonly ProvenTest[], checks: boolean | undefined): CaseResult {
  const findings = tests.flatMap((test) => test.findings);
  const errors = new Set(tests.flatMap((test) => test.errors.map((error) => `error: ${firstLine(error)}`)));
  const differences = compare(findings, subject);
  return {
    name: subject.name,
    kind: subject.kind,
    tests: tests.length,
    red: tests.filter(({ red }) => red).length,
    fired: tests.filter(({ fired }) => fired.length > 0).length,
    found: namesOfFindings(findings),
    ...differences,
    unexpected: [...differences.unexpected, ...errors],
    diagnosis: {
      expected: subject.diagnosis,
      found: mostFrequent(tests.filter((test) => finds(test, subject)).map(({ diagnosis }) => diagnosis)),
    },
    checks,
    lagMs: Math.round(Math.max(0, ...tests.map(({ lagMs }) => lagMs))),
  };
}

/** Whether both layers ran and found exactly what they must; a wrong diagnosis is counted apart. */
export function isProven({ kind, tests, missing, wrongBlame, unexpected, red, fired, checks }: CaseResult): boolean {
  if (tests === 0 || checks !== true) return false;
  if (missing.length + wrongBlame.length + unexpected.length > 0) return false;
  return kind === 'variant' || (red > 0 && fired > 0);
}

/** Whether the diagnosis is the one that the fault declares; a variant has none. */
export function isRightlyDiagnosed({ diagnosis, kind }: CaseResult): boolean {
  return kind === 'variant' || diagnosis.found === diagnosis.expected;
}

const TOLERABLE_LAG_MS = 200;

/** Whether a case is not proven while this machine may have been too busy to keep time; that proves nothing either way. */
export function isSpoilt(result: CaseResult): boolean {
  return !isProven(result) && (result.lagMs > TOLERABLE_LAG_MS || result.checks === false);
}

/** Only the diagnosis of a test that saw an expected finding counts. */
function finds({ findings }: ProvenTest, { mustFind }: Case): boolean {
  const found = namesOfFindings(findings);
  return mustFind.some((expected) => found.includes(nameOfFinding(expected)));
}

function mostFrequent(names: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 120) ?? '';
}
