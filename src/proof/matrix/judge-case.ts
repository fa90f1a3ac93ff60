import { isConsequence } from '../../checks/findings.ts';
import type { ExpectedFinding } from '../../twin/catalogue/fault.ts';
import type { ProvenTest } from '../../reporters/proof-reporter.ts';
import type { Case } from './cases.ts';

/** What the contract made of one case. */
export interface CaseResult {
  readonly name: string;
  readonly kind: Case['kind'];
  readonly tests: number;
  /** Tests with a verdict that does not hold. */
  readonly red: number;
  /** Tests in which the fault really changed something. */
  readonly fired: number;
  readonly found: readonly string[];
  readonly missing: readonly string[];
  readonly wrongBlame: readonly string[];
  readonly unexpected: readonly string[];
  readonly diagnosis: { readonly expected: string | undefined; readonly found: string | undefined };
  /** Whether the checks alone, called on a history, said the same. */
  readonly checks: boolean | undefined;
  /** Our own worst delay, in milliseconds. */
  readonly lagMs: number;
}

const codeOf = ({ check, code }: Pick<ExpectedFinding, 'check' | 'code'>): string => `${check}: ${code}`;
const fullOf = ({ check, code, blame }: ExpectedFinding): string => `${check}: ${code} (${blame})`;

/** Judges what the tests of one case left behind. */
export function judgeCase(subject: Case, tests: readonly ProvenTest[], checks: boolean | undefined): CaseResult {
  const { mustFind, mayAlsoFind, kind, name, diagnosis } = subject;
  const findings = tests.flatMap(findingsOf).filter(({ code }) => !isConsequence(code));
  const found = new Set(findings.map(fullOf));
  const foundCodes = new Set(findings.map(codeOf));
  const allowed = new Set([...mustFind, ...mayAlsoFind].map(fullOf));
  const errors = new Set(tests.flatMap((test) => test.errors.map((error) => `error: ${firstLine(error)}`)));
  const missing = mustFind.filter((provocation) => !found.has(fullOf(provocation)));
  return {
    name,
    kind,
    tests: tests.length,
    red: tests.filter((test) => test.verdicts.some(({ holds }) => holds !== true)).length,
    fired: tests.filter((test) => test.fired.length > 0).length,
    found: [...found],
    missing: missing.filter((provocation) => !foundCodes.has(codeOf(provocation))).map(fullOf),
    wrongBlame: missing.filter((provocation) => foundCodes.has(codeOf(provocation))).map(fullOf),
    unexpected: [...[...found].filter((finding) => !allowed.has(finding)), ...errors],
    diagnosis: {
      expected: diagnosis,
      found: mostFrequent(tests.filter((test) => shows(test, mustFind)).map((test) => test.diagnosis)),
    },
    checks,
    lagMs: Math.round(Math.max(0, ...tests.map(({ lagMs }) => lagMs))),
  };
}

/** Whether both layers were played and everything is as it must be; a wrong diagnosis is counted apart. */
export function isProven({ kind, tests, missing, wrongBlame, unexpected, red, fired, checks }: CaseResult): boolean {
  if (tests === 0 || checks !== true) return false;
  if (missing.length + wrongBlame.length + unexpected.length > 0) return false;
  return kind === 'variant' || (red > 0 && fired > 0);
}

export function isRightlyDiagnosed({ diagnosis, kind }: CaseResult): boolean {
  return kind === 'variant' || diagnosis.found === diagnosis.expected;
}

function findingsOf({ verdicts }: ProvenTest): readonly ExpectedFinding[] {
  return verdicts.flatMap(({ check, findings }) => findings.map(({ code, blame }) => ({ check, code, blame })));
}

/** A test in which the fault came to its purpose is the one whose diagnosis counts. */
function shows(test: ProvenTest, mustFind: readonly ExpectedFinding[]): boolean {
  const found = new Set(findingsOf(test).map(fullOf));
  return mustFind.some((provocation) => found.has(fullOf(provocation)));
}

function mostFrequent(names: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string | undefined, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.slice(0, 120) ?? '';
}
