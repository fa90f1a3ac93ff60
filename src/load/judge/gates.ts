import { judgement } from '../../checks/judgement.ts';
import type { Verdict } from '../../checks/verdict.ts';
import { exactBounds } from './binomial.ts';
import { describeGroups, percent } from '../present/describe-groups.ts';
import { failureGroups } from './failure-groups.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';
import { judgeRate } from './rate-gate.ts';

/** How sure every verdict over a rate is. */
export const CONFIDENCE = 0.95;

/** More than 95 % of the connections reach their welcome and a pong (failure notes §3). */
export function successRate(observations: readonly Observation[]): Verdict {
  return judgeRate(observations, {
    check: 'success-rate',
    code: 'success-rate-low',
    counts: 'connections that fail',
    isHit: ({ outcome }) => outcome === 'failed',
    below: 0.05,
    confidence: CONFIDENCE,
  });
}

/** Fewer than 1 % of the connections end with 1011 (failure notes §3). */
export function internalErrorRate(observations: readonly Observation[]): Verdict {
  return judgeRate(observations, {
    check: 'internal-error-rate',
    code: 'internal-error-rate-high',
    counts: 'connections that end with 1011',
    isHit: ({ internalError }) => internalError,
    below: 0.01,
    confidence: CONFIDENCE,
  });
}

/** The share of complete runs that must at least be shown before "every run" is believed. */
const SHOWN_AT_LEAST = 0.95;

/**
 * Every run delivers its five events (failure notes §3: 100 %). No number of runs shows that, so one that does not is a
 * violation, and without any the bound must at least exceed 95 %.
 */
export function everyRun(observations: readonly Observation[]): Verdict {
  const expected = `all five events in every run, shown for more than ${percent(SHOWN_AT_LEAST)} of them`;
  const judging = judgement('every-run', expected);
  const asking = verified(observations).filter(({ runs }) => runs.asked > 0);
  const asked = asking.reduce((sum, { runs }) => sum + runs.asked, 0);
  const incomplete = asking.filter(({ runs }) => runs.complete < runs.asked);
  const complete = asking.reduce((sum, { runs }) => sum + runs.complete, 0);
  const { lower } = exactBounds(complete, asked, CONFIDENCE);
  const found = `${complete} of ${asked} runs were complete, so at least ${percent(lower)} of all are, with ${percent(CONFIDENCE)} confidence`;
  if (incomplete.length > 0) {
    const because = `${found}${describeGroups(failureGroups(asking))}`;
    const entries = incomplete.flatMap((one) => one.entries);
    judging.violated({ code: 'runs-incomplete', expected, found, because, entries });
  } else if (lower <= SHOWN_AT_LEAST) {
    judging.doubted({ code: 'too-few-to-tell', expected, found, because: found, entries: [] });
  } else judging.cite(...asking.flatMap((one) => one.entries).map((index) => ({ index })));
  return judging.verdict(found);
}
