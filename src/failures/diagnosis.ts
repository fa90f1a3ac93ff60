import type { Owner, Phase } from '../checks/blame.ts';
import { PHASES } from '../checks/blame.ts';
import type { Verdict } from '../checks/verdict.ts';
import { onOneLine } from '../history/visible-text.ts';
import type { History } from '../history/entry.ts';
import type { Evidence } from './evidence.ts';
import { evidenceOf } from './evidence.ts';
import { measuredOf } from './milestones.ts';
import { answeredProbes, openSteps } from './next-step.ts';
import { healthAtTheTime, probed, retriesIn } from './probes.ts';
import type { Recurrence } from './recurrence.ts';
import { describeRecurrence, recurrenceOf } from './recurrence.ts';
import type { Match } from './signature.ts';
import { SPECIFICITIES, matchOfSignature } from './signature.ts';
import type { SignatureId } from './signatures/index.ts';
import { SIGNATURES } from './signatures/index.ts';
import type { RowWithoutSignature } from './signatures/without-signature.ts';

/** The failure that a whole history looks most like. What was measured is fact; the causes are candidates. */
export interface Diagnosis {
  readonly signature: SignatureId;
  readonly title: string;
  readonly phase: Phase;
  readonly blame: Owner;
  /** The rule that matched, in words. */
  readonly rule: string;
  readonly measured: readonly string[];
  /** Causes that would explain it; none of them is asserted. */
  readonly candidates: readonly string[];
  readonly next: readonly string[];
  /** What else it could be: less specific matches, and failures that look the same on the wire. */
  readonly alternatives: readonly (SignatureId | RowWithoutSignature)[];
  /** How often it happened, where connections failed. */
  readonly recurrence?: Recurrence;
}

/** The part of a diagnosis that scripts read. */
export type DiagnosisInShort = Pick<
  Diagnosis,
  'signature' | 'title' | 'phase' | 'blame' | 'alternatives' | 'recurrence'
>;

/** The file that explains every signature, relative to the root of the project. */
export const FAILURES_FILE = 'docs/failures.md';

/** Where a signature is explained. `file` is where the reader finds {@link FAILURES_FILE}. */
export function linkTo(signature: SignatureId | RowWithoutSignature, file: string = FAILURES_FILE): string {
  return `${file}#${signature.toLowerCase()}`;
}

/** A diagnosis as one line. */
export function summary({ signature, title, phase, blame }: Diagnosis): string {
  return `${signature}: ${title} (phase ${phase}, blame ${blame})`;
}

/** Takes that part. */
export function inShort({ signature, title, phase, blame, alternatives, recurrence }: Diagnosis): DiagnosisInShort {
  return { signature, title, phase, blame, alternatives, ...(recurrence !== undefined && { recurrence }) };
}

/** A signature that the evidence shows, and where. */
export interface Recognised {
  readonly signature: (typeof SIGNATURES)[number];
  readonly match: Match;
}

const MOST_ALTERNATIVES = 6;

/**
 * The failure signature that a finished history looks most like, given the verdicts over it; `undefined` when all of them
 * hold. The most specific match wins; of equally specific ones the one in the earliest phase, because an early failure explains
 * a later one.
 */
export function diagnose(history: History, verdicts: readonly Verdict[]): Diagnosis | undefined {
  const evidence = evidenceOf(history, verdicts);
  if (evidence === undefined) return undefined;
  const [best, ...others] = recognised(evidence);
  return best === undefined ? undefined : diagnosisOf(evidence, best, others);
}

/** Every signature that the evidence shows, the most specific first, then by phase. */
export function recognised(evidence: Evidence): readonly Recognised[] {
  const found = SIGNATURES.flatMap((signature) => {
    const match = matchOfSignature(signature, evidence);
    return match === undefined ? [] : [{ signature, match }];
  });
  return found.toSorted((a, b) => rank(b) - rank(a) || phaseOf(a) - phaseOf(b));
}

function rank({ signature, match }: Recognised): number {
  return SPECIFICITIES.indexOf(match.specificity ?? signature.specificity);
}

function phaseOf({ signature, match }: Recognised): number {
  return PHASES.indexOf(match.phase ?? signature.phase);
}

function diagnosisOf(evidence: Evidence, best: Recognised, others: readonly Recognised[]): Diagnosis {
  const { signature, match } = best;
  const { id, title, rule, candidates, next, sharesWith = [] } = signature;
  const recurrence = recurrenceOf(evidence.trusted, match.connections);
  const known = others
    .filter(({ signature: other }) => other.specificity !== 'residual')
    .map((other) => other.signature.id);
  const alternatives = [...new Set([...known, ...sharesWith])];
  return {
    signature: id,
    title,
    phase: match.phase ?? signature.phase,
    blame: match.blame ?? signature.blame,
    rule,
    measured: measured(evidence, match, recurrence === undefined ? [] : [describeRecurrence(recurrence)]),
    candidates,
    next: openSteps(next, answeredProbes(evidence.history)),
    alternatives: alternatives.slice(0, MOST_ALTERNATIVES),
    ...(recurrence !== undefined && { recurrence }),
  };
}

function measured(
  evidence: Evidence,
  { connections, probes = [], measured: ofMatch = [] }: Match,
  recurrence: readonly string[],
): readonly string[] {
  const { history } = evidence;
  const [first] = connections;
  const ofConnection = first === undefined ? [] : measuredOf(first, history);
  const retries = first === undefined || first.welcome !== undefined ? [] : retriesIn(evidence);
  const lines = [...ofMatch, ...ofConnection, ...recurrence, ...[...probes, ...retries].map(probed)];
  return [...new Set([...lines, healthAtTheTime(history)].map(onOneLine))];
}
