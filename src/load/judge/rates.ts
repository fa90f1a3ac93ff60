import type { AgentRunRules } from '../../checks/agent-run.ts';
import { agentRun } from '../../checks/agent-run.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { ViolationCode } from '../../checks/findings.ts';
import { handshake } from '../../checks/handshake.ts';
import { heartbeat } from '../../checks/heartbeat.ts';
import { judge, judgement } from '../../checks/judgement.ts';
import { isIdle } from '../../checks/standard-checks.ts';
import type { Check, Verdict } from '../../checks/verdict.ts';
import { welcome } from '../../checks/welcome.ts';
import type { History } from '../../history/entry.ts';
import type { Observation } from '../observe/observation.ts';
import { observe, verified } from '../observe/observation.ts';
import { CONFIDENCE, exactBounds, percent, rateText, trialsToShowBelow } from './binomial.ts';
import { describeGroups, failureGroups } from './failure-groups.ts';

/** The rates of a history of many connections. */
export interface Rates {
  readonly observations: readonly Observation[];
  /** Success rate, 1011 rate, and every run whole. */
  readonly gates: readonly [Verdict, ...Verdict[]];
  /** What single connections are judged by; where a gate does not hold, these say why. */
  readonly reasons: readonly Check[];
}

/** Observes every connection of a history and judges the promised rates. */
export function ratesOf(
  history: History,
  rules: { readonly budgets: Budgets; readonly order: AgentRunRules['order'] },
): Rates {
  const { budgets } = rules;
  const reasons = [handshake(), welcome(budgets), heartbeat(budgets)];
  const observations = observe(history, [...reasons, agentRun(rules)], 'sample');
  const gates = [successRate(observations), internalErrorRate(observations), everyRun(observations)] as const;
  return { observations, gates, reasons };
}

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
function judgeRate(observations: readonly Observation[], gate: RateGate): Verdict {
  const { check, code, counts, isHit, below, confidence } = gate;
  const tried = verified(observations);
  const hits = tried.filter(isHit);
  const bounds = exactBounds(hits.length, tried.length, confidence);
  const expected = `${counts}: below ${percent(below)}, with ${percent(confidence)} confidence`;
  const found = rateText(hits.length, tried.length, bounds);
  const judging = judgement(check, expected);
  const seen = describeGroups(failureGroups(tried.filter((one) => isHit(one) || one.outcome === 'passed')));
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

/**
 * Gates as checks for `toSatisfy`. Where one of them does not hold, the checks that its attempts broke are added, so that
 * the failure text names them and the diagnosis sees them.
 */
export function withReasons(history: History, gates: readonly Verdict[], checks: readonly Check[]): readonly Check[] {
  const judged = gates.map(
    (verdict): Check =>
      () =>
        verdict,
  );
  if (gates.every(({ holds }) => holds === true)) return judged;
  return [...judged, ...checks.filter((check) => !isIdle(judge(check, history)))];
}
