import { mkdirSync, writeFileSync } from 'node:fs';
import Table from 'cli-table3';
import { tryConnections } from '../src/load/workloads/try-connections.ts';
import { exactInterval, percent } from '../src/load/judge/binomial.ts';
import { judge } from '../src/checks/judgement.ts';
import type { Verdict } from '../src/checks/verdict.ts';
import { worst } from '../src/checks/verdict.ts';
import { diagnose } from '../src/failures/diagnosis.ts';
import type { History } from '../src/history/entry.ts';
import { healthAgreement } from '../src/load/judge/outages.ts';
import { ratesOf } from '../src/load/judge/rates.ts';
import { runNightlyWork } from '../src/proof/nightly-work.ts';

/*
 * npm run trials [-- TRIALS]: so many seeded nightly runs (default 100) of 300 connections against a twin of which 2 % of the
 * connections end with 1011, and as many against a healthy one. Writes reports/trials.json; exits with 1 unless at least
 * 99 % of the faulty runs are red with the right signature and every healthy one is green.
 */
const FAULT = 'close-1011-after-63ms@0.02';
const SIGNATURE = 'FM-22';
const SHARE_CAUGHT = 0.99;

const AN_OUTAGE = 5;

const trials = Number(process.argv[2] ?? 100);
if (!Number.isInteger(trials) || trials < 1) {
  throw new RangeError(`Trials: expected a whole number from 1, such as 100, got ${process.argv[2]}.`);
}

/** The result of one seeded nightly run. */
interface Trial {
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

/** Judges the connections of a nightly run as the spec does, and diagnoses it where it is red. */
function trialOf(history: History, rules: Parameters<typeof ratesOf>[1]): Trial {
  const { observations, gates, reasons } = ratesOf(history, rules);
  const verdicts = [...gates, judge(healthAgreement({ least: AN_OUTAGE }), history)] as const;
  const verdict = worst(verdicts);
  const why = verdict.holds === true ? [] : [...verdicts, ...reasons.map((check) => judge(check, history))];
  return {
    holds: verdict.holds,
    signature: diagnose(history, why)?.signature ?? '',
    hits: observations.filter(({ internalError }) => internalError).length,
    tried: observations.length,
    because: verdict.because,
  };
}

async function nightlyRuns(fault: string): Promise<readonly Trial[]> {
  const seen: Trial[] = [];
  for (let seed = 1; seed <= trials; seed += 1) {
    const { history, settings } = await runNightlyWork({ fault, seed }, tryConnections);
    seen.push(trialOf(history, settings));
    if (seed % 10 === 0) console.log(`${fault === '' ? 'healthy' : fault}: ${seed} of ${trials} runs`);
  }
  return seen;
}

function row(name: string, seen: readonly Trial[], isRight: (trial: Trial) => boolean): readonly string[] {
  const count = (is: (trial: Trial) => boolean): number => seen.filter(is).length;
  const right = count(isRight);
  const { lower } = exactInterval(right, seen.length, 0.95);
  const hits = seen.map((trial) => trial.hits).toSorted((one, other) => one - other);
  return [
    name,
    `${count(({ holds }) => holds === true)}`,
    `${count(({ holds }) => holds === 'unknown')}`,
    `${count(({ holds }) => holds === false)}`,
    `${hits[0]} / ${hits[Math.floor(hits.length / 2)]} / ${hits.at(-1)}`,
    `${right} of ${seen.length} (at least ${percent(lower)})`,
  ];
}

const isCaught = ({ holds, signature }: Trial): boolean => holds !== true && signature === SIGNATURE;
const isGreen = ({ holds }: Trial): boolean => holds === true;
const [faulty, healthy] = [await nightlyRuns(FAULT), await nightlyRuns('')];
const table = new Table({
  head: ['twin', 'green', 'not verified', 'violated', '1011: least / median / most', 'as it must be'],
});
table.push([...row(FAULT, faulty, isCaught)], [...row('healthy', healthy, isGreen)]);
console.log(table.toString());
for (const { because } of [
  ...faulty.filter((trial) => !isCaught(trial)),
  ...healthy.filter((trial) => !isGreen(trial)),
]) {
  console.log(`Not as it must be: ${because}`);
}
mkdirSync('reports', { recursive: true });
writeFileSync('reports/trials.json', JSON.stringify({ fault: FAULT, faulty, healthy }, null, 2));
const caught = faulty.filter(isCaught).length / trials;
process.exitCode = caught >= SHARE_CAUGHT && healthy.every(isGreen) ? 0 : 1;
