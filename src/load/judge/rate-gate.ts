import type { ViolationCode } from '../../checks/findings.ts';
import { judgement } from '../../checks/judgement.ts';
import type { Verdict } from '../../checks/verdict.ts';
import { exactBounds, trialsToShowBelow } from './binomial.ts';
import { describeGroups, percent, rateText } from '../present/describe-groups.ts';
import { failureGroups } from './failure-groups.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';

/** A promise about the share of attempts that may go wrong in one way. */
export interface RateGate {
  /** Name of the check. */
  readonly check: string;
  readonly code: ViolationCode;
  /** What is counted, such as `connections that end with 1011`. */
  readonly counts: string;
  readonly isHit: (observation: Observation) => boolean;
  /** The share, from 0 to 1, that must not be reached. */
  readonly below: number;
  /** How sure a verdict must be, from 0 to 1. */
  readonly confidence: number;
}

/**
 * Judges a rate on its exact bound, not on what happened to be seen: it holds when the upper bound is below the limit, it
 * is violated when the lower bound is not, and in between there were too few attempts to tell, which is no pass. Attempts
 * that our own delay may have spoilt count neither way.
 */
export function judgeRate(observations: readonly Observation[], gate: RateGate): Verdict {
  const { check, code, counts, isHit, below, confidence } = gate;
  const tried = verified(observations);
  const hits = tried.filter(isHit);
  const bounds = exactBounds(hits.length, tried.length, confidence);
  const expected = `${counts}: below ${percent(below)}, with ${percent(confidence)} confidence`;
  const found = rateText(hits.length, tried.length, bounds);
  const judging = judgement(check, expected);
  const seen = describeGroups(failureGroups(tried.filter((one) => isHit(one) || one.outcome === 'succeeded')));
  const entries = hits.flatMap((hit) => hit.entries);
  const because = `${counts}: ${found} at ${percent(confidence)} confidence, below ${percent(below)} is required${seen}${leftOut(observations, tried)}`;
  if (bounds.lower >= below) judging.violated({ code, expected, found, because, entries });
  else if (bounds.upper >= below) {
    const enough = trialsToShowBelow(below, hits.length, confidence);
    const doubt = `${because}. With ${hits.length} among them it takes ${enough} attempts to show it`;
    const blame = hits.length > 0 ? 'product' : 'harness';
    judging.doubted({ code: 'too-few-to-tell', blame, expected, found, because: doubt, entries });
  }
  if (bounds.upper < below) judging.cite(...tried.flatMap((one) => one.entries).map((index) => ({ index })));
  return judging.verdict(because);
}

function leftOut(all: readonly Observation[], tried: readonly Observation[]): string {
  const unverified = all.length - tried.length;
  return unverified === 0 ? '' : `; ${unverified} more say nothing, because our own delay could explain them`;
}
