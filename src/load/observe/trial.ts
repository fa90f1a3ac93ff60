import type { Verdict } from '../../checks/verdict.ts';
import { judge } from '../../checks/judgement.ts';
import type { History } from '../../history/entry.ts';
import { diagnose } from '../../failures/diagnose.ts';
import { healthAgreement } from '../judge/health-agreement.ts';
import { ratesOf } from '../judge/rates.ts';

/** What one seeded night said. */
export interface Trial {
  /** The worst verdict over its rates and over health. */
  readonly holds: Verdict['holds'];
  /** The failure signature that it was diagnosed with; empty when it was green. */
  readonly signature: string;
  /** Connections that ended with 1011, and connections in all. */
  readonly hits: number;
  readonly tried: number;
  /** What the worst verdict says. */
  readonly because: string;
}

const SEVERITY = { true: 0, unknown: 1, false: 2 } as const;
const AN_OUTAGE = 5;

/** Judges a night of connections as the spec does, and diagnoses it where it is red. */
export function trialOf(history: History, rules: Parameters<typeof ratesOf>[1]): Trial {
  const { observations, gates, reasons } = ratesOf(history, rules);
  const verdicts = [...gates, judge(healthAgreement({ least: AN_OUTAGE }), history)];
  const [worst] = verdicts.toSorted((one, other) => SEVERITY[`${other.holds}`] - SEVERITY[`${one.holds}`]);
  const why = worst?.holds === true ? [] : [...verdicts, ...reasons.map((check) => judge(check, history))];
  return {
    holds: worst?.holds ?? 'unknown',
    signature: diagnose(history, why)?.signature ?? '',
    hits: observations.filter(({ internalError }) => internalError).length,
    tried: observations.length,
    because: worst?.because ?? '',
  };
}
