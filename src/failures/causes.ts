import type { Owner, Phase } from '../checks/blame.ts';
import { PHASES } from '../checks/blame.ts';
import { echoesAnEnd, isDoubt, isRepetition } from '../checks/findings.ts';
import type { FindingCode } from '../checks/findings.ts';
import type { Growth } from '../checks/growth.ts';
import type { Verdict } from '../checks/verdict.ts';
import { openSteps } from './next-step.ts';
import type { Severity, Specificity } from './signature.ts';
import { SEVERITIES, SPECIFICITIES } from './signature.ts';
import type { SignatureId } from './signatures/index.ts';
import { SIGNATURES } from './signatures/index.ts';
import { ENDING, unitOf } from './symptoms.ts';
import type { Symptom, Symptoms, Unit } from './symptoms.ts';

/** What is known of one test at the end of a run. */
export interface JudgedTest {
  readonly title: string;
  /** Path of the spec and line of the test, as in `tests/contract/welcome.spec.ts:8`. */
  readonly place: string;
  readonly isRed: boolean;
  readonly verdicts: readonly Verdict[];
  /** Absent where the test left no evidence. */
  readonly symptoms?: Symptoms;
  /** Errors that are no verdicts. */
  readonly errors: readonly string[];
}

/** Something that went wrong outside of what a signature describes: errors of tests that left no finding. */
export const WITHOUT_VERDICT = 'without-verdict';

export type CauseId = SignatureId | typeof WITHOUT_VERDICT;

/** The test that shows a cause best. */
export interface CauseEvidence {
  readonly test: string;
  readonly place: string;
  readonly entries: readonly number[];
  readonly because: string;
}

/** One reason why tests of a run are red. */
export interface Cause {
  readonly id: CauseId;
  /** What happened, as a clause without codes. */
  readonly sentence: string;
  readonly severity: Severity;
  readonly specificity: Specificity;
  readonly owner: Owner;
  readonly phase: Phase;
  /** How many failed, in `unit`, and how many were tried in the whole run. */
  readonly failed: number;
  readonly tried: number;
  readonly unit: Unit | 'tests';
  /** The close code that all its connections ended with. */
  readonly ended?: number;
  /** The law that the failures follow, as a clause. */
  readonly pattern?: string;
  /** Titles of the red tests that rest on it, in order of the run. */
  readonly tests: readonly string[];
  /** Titles of those among them that show nothing but consequences. */
  readonly consequences: readonly string[];
  /** Codes of its findings, and of findings that only follow from it. */
  readonly codes: readonly FindingCode[];
  readonly follows: readonly FindingCode[];
  /** Other signatures that were recognised in its tests, and are explained by it. */
  readonly folded: readonly CauseId[];
  readonly evidence: CauseEvidence;
  readonly next: readonly string[];
}

/** A symptom and the test that shows it. */
interface Seen {
  readonly test: JudgedTest;
  readonly symptom: Symptom;
}

/**
 * The causes of a run, from all its tests: security and privacy first, then by how many red tests a cause explains, then by
 * phase. Symptoms of one signature are one cause. A symptom that only repeats a failure, or that no signature describes, is
 * folded under the first cause of its run, when there is one.
 */
export function causesOf(tests: readonly JudgedTest[]): readonly Cause[] {
  const red = tests.filter(({ isRed }) => isRed);
  const groups = new Map<SignatureId, Seen[]>();
  for (const test of red) {
    for (const symptom of test.symptoms?.symptoms ?? []) {
      groups.set(symptom.signature, [...(groups.get(symptom.signature) ?? []), { test, symptom }]);
    }
  }
  const answered = tests.flatMap(({ symptoms }) => symptoms?.answered ?? []);
  const causes = [...groups].map(([id, seen]) => causeOf(id, seen, tests, answered));
  const unexplained = red.filter(({ symptoms }) => (symptoms?.symptoms.length ?? 0) === 0);
  const all = [...folded(causes), ...(unexplained.length === 0 ? [] : [withoutVerdict(unexplained, tests)])];
  return all.toSorted(bySeverityAndReach);
}

function bySeverityAndReach(a: Cause, b: Cause): number {
  return (
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    Number(isVague(a)) - Number(isVague(b)) ||
    b.tests.length - a.tests.length ||
    SPECIFICITIES.indexOf(b.specificity) - SPECIFICITIES.indexOf(a.specificity) ||
    PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase)
  );
}

const VAGUE: readonly CauseId[] = ['unclassified', 'test-incomplete', 'harness-lag', WITHOUT_VERDICT];

/** Whether a cause only says that nothing better is known. */
function isVague({ id }: Cause): boolean {
  return VAGUE.includes(id);
}

function causeOf(
  id: SignatureId,
  seen: readonly Seen[],
  tests: readonly JudgedTest[],
  answered: Parameters<typeof openSteps>[1],
): Cause {
  const signature = SIGNATURES.find((candidate) => candidate.id === id);
  const best = seen.toSorted((a, b) => b.symptom.connections.length - a.symptom.connections.length)[0];
  if (signature === undefined || best === undefined) throw new Error(`expected a signature with symptoms, got ${id}`);
  const { phase, owner } = mostFrequent(seen.map(({ symptom }) => symptom));
  const codes = [...new Set(seen.flatMap(({ symptom }) => symptom.codes))];
  const unit = unitOf({ codes, phase });
  const { pattern } = best.symptom;
  const ends = new Set(seen.map(({ symptom }) => symptom.ended));
  const [ended] = ends.size === 1 ? ends : [];
  return {
    id,
    sentence: `${signature.title}${growthClause(growthIn(seen))}`,
    severity: signature.severity ?? 'other',
    specificity: best.symptom.specificity,
    owner,
    phase,
    failed: sum(seen.map(({ symptom }) => symptom.failed)),
    tried: sum(tests.map(({ symptoms }) => symptoms?.tried[unit] ?? 0)),
    unit,
    ...(ended !== undefined && { ended }),
    ...(pattern !== undefined && { pattern }),
    tests: titlesOf(seen),
    consequences: [],
    codes,
    follows: [...new Set(seen.flatMap(({ symptom }) => symptom.echoes))],
    folded: [],
    evidence: {
      test: best.test.title,
      place: best.test.place,
      entries: best.symptom.entries,
      because: best.symptom.because,
    },
    next: openSteps(signature.next, answered),
  };
}

function titlesOf(seen: readonly Seen[]): readonly string[] {
  return [...new Set(seen.map(({ test }) => test.title))];
}

/** The phase and the owner that most symptoms have. */
function mostFrequent(symptoms: readonly Symptom[]): Pick<Symptom, 'phase' | 'owner'> {
  const counts = new Map<string, { symptom: Symptom; count: number }>();
  for (const symptom of symptoms) {
    const key = `${symptom.phase} ${symptom.owner}`;
    counts.set(key, { symptom, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most?.symptom ?? { phase: 'setup', owner: 'open' };
}

function growthIn(seen: readonly Seen[]): Growth | undefined {
  return seen
    .flatMap(({ symptom }) => symptom.growth ?? [])
    .toSorted((a, b) => b.users - a.users)
    .at(0);
}

function growthClause(growth: Growth | undefined): string {
  return growth === undefined ? '' : `, and ${(growth.stepMs / 1000).toFixed(1)} s later for each further user at once`;
}

/** The causes that stand for themselves; every other one is folded under the first of them that explains it. */
function folded(causes: readonly Cause[]): readonly Cause[] {
  const kept: Cause[] = [];
  const isLook = ({ id }: Cause): boolean => causes.some((other) => looksOfCause(other).includes(id));
  const ordered = causes.toSorted((a, b) => Number(isLook(a)) - Number(isLook(b)) || bySeverityAndReach(a, b));
  for (const cause of ordered) {
    const position = kept.findIndex((other) => explains(other, cause));
    const explaining = kept[position];
    if (explaining === undefined) kept.push(cause);
    else kept[position] = withConsequence(explaining, cause);
  }
  return kept;
}

/**
 * Whether one cause explains another of the same run: the other only repeats that something failed, rests on the same findings
 * and no more, shows the same end of connections, is how the first one shows in other tests, or only doubts something in tests
 * that the first one made red.
 */
function explains(cause: Cause, other: Cause): boolean {
  if (isVague(cause)) return false;
  if (other.codes.every(isRepetition)) return true;
  const isSeenHere = other.tests.every((title) => cause.tests.includes(title));
  if (isVague(other) && isSeenHere && other.codes.every(isDoubt)) return true;
  const isSame = other.severity === cause.severity && other.codes.every((code) => cause.codes.includes(code));
  return isSame || isSameEnd(cause, other) || looksOfCause(cause).includes(other.id);
}

/** The server ends connections with one code, and tests see it at other moments and from other sides. */
function isSameEnd(cause: Cause, other: Cause): boolean {
  const isEnd = (code: FindingCode): boolean => echoesAnEnd(code) || ENDING.includes(code);
  return cause.ended !== undefined && cause.ended === other.ended && [...cause.codes, ...other.codes].every(isEnd);
}

function looksOfCause({ id }: Cause): readonly string[] {
  return SIGNATURES.find((signature) => signature.id === id)?.alsoShowsAs ?? [];
}

function withConsequence(cause: Cause, other: Cause): Cause {
  const more = other.tests.filter((title) => !cause.tests.includes(title));
  return {
    ...cause,
    tests: [...cause.tests, ...more],
    consequences: [...cause.consequences, ...more],
    follows: [...new Set([...cause.follows, ...other.codes, ...other.follows])].filter(
      (code) => !cause.codes.includes(code),
    ),
    folded: [...cause.folded, other.id],
  };
}

function withoutVerdict(unexplained: readonly JudgedTest[], tests: readonly JudgedTest[]): Cause {
  const [first] = unexplained;
  const error = first?.errors[0]?.split('\n', 1)[0]?.trim() ?? 'the test failed and left no verdict';
  return {
    id: WITHOUT_VERDICT,
    sentence: `a test ends with an error and without a verdict: ${error}`,
    severity: 'other',
    specificity: 'residual',
    owner: 'harness',
    phase: 'setup',
    failed: unexplained.length,
    tried: tests.length,
    unit: 'tests',
    tests: unexplained.map(({ title }) => title),
    consequences: [],
    codes: [],
    follows: [],
    folded: [],
    evidence: { test: first?.title ?? '', place: first?.place ?? '', entries: [], because: '' },
    next: ['Read the error of the first of these tests, in the report'],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What works: the checks that held in some test of the run, and were violated in none. */
export function worksIn(tests: readonly JudgedTest[]): readonly string[] {
  const verdicts = tests.flatMap((test) => test.verdicts);
  const failed = new Set(verdicts.flatMap(({ holds, check }) => (holds === false ? [check] : [])));
  const held = new Set(verdicts.flatMap(({ holds, check }) => (holds === true ? [check] : [])));
  return [...held].filter((check) => !failed.has(check));
}
