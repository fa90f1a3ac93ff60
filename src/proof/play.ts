import type { TwinOverride } from '../../fixtures/options.ts';
import type { Finding, Verdict } from '../checks/verdict.ts';
import { findingsOf } from '../checks/verdict.ts';
import { judge } from '../checks/judgement.ts';
import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { Journal } from '../twin/server/journal.ts';
import type { ScenarioName } from './judges.ts';
import { SCENARIO_NAMES, judgesOf } from './judges.ts';
import { ALWAYS_ON_CHECKS } from '../checks/standard-checks.ts';
import { SCENARIOS } from './scenarios.ts';
import { startScenario } from './scenario-session.ts';

/** What came of one scenario on one twin. */
export interface Performance {
  readonly scenario: ScenarioName;
  /** The error that ended the scenario, unless it was a verdict. */
  readonly crash: string | undefined;
  readonly history: History;
  readonly journal: Journal;
  readonly findings: readonly (Finding & { readonly check: string })[];
  readonly notes: readonly string[];
}

/** Plays one scenario over a real socket and calls every check that applies. */
export async function play(scenario: ScenarioName, override: TwinOverride): Promise<Performance> {
  const stage = await startScenario(override);
  const end = await endOf(SCENARIOS[scenario](stage));
  await stage.stop();
  const { history, twin, settings } = stage;
  const verdicts = judgesOf(scenario, settings)
    .map((check) => judge(check, history))
    .filter((verdict) => !isIdle(verdict, end.early));
  return {
    scenario,
    crash: end.crash,
    history,
    journal: twin.journal,
    notes: verdicts.flatMap(({ notes }) => notes.map(({ code }) => code)),
    findings: verdicts.flatMap((verdict) =>
      findingsOf(verdict).map((finding) => ({ ...finding, check: verdict.check })),
    ),
  };
}

interface End {
  /** Whether the scenario stopped half-way. */
  readonly early: boolean;
  readonly crash: string | undefined;
}

/** A scenario ends early where no token can be had; the verdict that is thrown then is in the history too. */
async function endOf(scenario: Promise<void>): Promise<End> {
  try {
    await scenario;
    return { early: false, crash: undefined };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { early: true, crash: text.includes('Violated: ') ? undefined : text };
  }
}

/** A check that the history gives nothing to judge says so; where that was to be expected it is no finding. */
function isIdle(verdict: Verdict, early: boolean): boolean {
  if (verdict.holds !== 'unknown' || !verdict.findings.every(({ code }) => code === 'not-asked')) return false;
  return early || ALWAYS_ON_CHECKS.some((name) => name === verdict.check);
}

const MOST_TRIES = 3;

/** A budget is broken by accident when our own delay takes a good part of it. */
const TOLERABLE_LAG_MS = 200;

/**
 * Plays all scenarios, each on a twin of its own, side by side. One during which this machine was too busy to keep time
 * proves nothing and is played again.
 */
export function playAll(override: TwinOverride): Promise<readonly Performance[]> {
  return Promise.all(SCENARIO_NAMES.map((scenario) => playInTime(scenario, override)));
}

async function playInTime(scenario: ScenarioName, override: TwinOverride, tries = 1): Promise<Performance> {
  const performance = await play(scenario, override);
  const isLate = allOf(performance.history, 'lag').some(({ lateMs }) => lateMs > TOLERABLE_LAG_MS);
  return isLate && tries < MOST_TRIES ? playInTime(scenario, override, tries + 1) : performance;
}
