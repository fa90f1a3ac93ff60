import { PHASES } from '../checks/blame.ts';
import type { Verdict } from '../checks/verdict.ts';
import type { History } from '../history/entry.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Evidence } from './signatures/evidence.ts';
import { evidenceOf } from './signatures/evidence.ts';
import { SIGNATURES } from './signatures/index.ts';
import { healthAtTheTime, measuredOf, probed } from './signatures/measure.ts';
import { retriesIn } from './signatures/refusals.ts';
import { describeRecurrence, recurrenceOf } from './recurrence.ts';
import type { Match, Signature } from './signatures/signature.ts';
import { SPECIFICITIES } from './signatures/signature.ts';

interface Recognised {
  readonly signature: Signature;
  readonly match: Match;
}

const MOST_ALTERNATIVES = 6;

/**
 * The failure signature that a finished history looks most like, given the verdicts over it; `undefined` when all of them
 * hold. The most specific match wins, of equals the one in the earliest phase, because what fails early explains what
 * fails late.
 */
export function diagnose(history: History, verdicts: readonly Verdict[]): Diagnosis | undefined {
  const evidence = evidenceOf(history, verdicts);
  if (evidence === undefined) return undefined;
  const [best, ...others] = recognised(evidence);
  return best === undefined ? undefined : diagnosisOf(evidence, best, others);
}

function recognised(evidence: Evidence): readonly Recognised[] {
  const found = SIGNATURES.flatMap((signature) => {
    const match = signature.matches(evidence);
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
    next,
    alternatives: alternatives.slice(0, MOST_ALTERNATIVES),
    ...(recurrence !== undefined && { recurrence }),
  };
}

function measured(
  evidence: Evidence,
  { connections, probes = [], measured: said = [] }: Match,
  recurrence: readonly string[],
): readonly string[] {
  const { history } = evidence;
  const [first] = connections;
  const ofConnection = first === undefined ? [] : measuredOf(first, history);
  const retries = first === undefined || first.welcome !== undefined ? [] : retriesIn(evidence);
  const lines = [...said, ...ofConnection, ...recurrence, ...[...probes, ...retries].map(probed)];
  return [...new Set([...lines, healthAtTheTime(history)])];
}
