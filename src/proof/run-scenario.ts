import { isAlwaysOn } from '../checks/standard-checks.ts';
import { judge } from '../checks/judgement.ts';
import type { Verdict } from '../checks/verdict.ts';
import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { TwinOverride } from '../session/target.ts';
import type { Journal } from '../twin/server/journal.ts';
import type { FoundFinding } from './compare.ts';
import { foundBy } from './compare.ts';
import { openProofSession } from './proof-session.ts';
import type { ScenarioName } from './scenarios.ts';
import { SCENARIOS } from './scenarios.ts';

/** What one scenario on one twin left behind. */
export interface ScenarioResult {
  readonly scenario: ScenarioName;
  /** The error that ended the scenario, unless it was a verdict. */
  readonly crash: string | undefined;
  readonly history: History;
  readonly journal: Journal;
  readonly findings: readonly FoundFinding[];
}

/** Runs one scenario over a real socket, on a twin of its own, and judges its history by every check that applies. */
export async function runScenario(scenario: ScenarioName, override: TwinOverride): Promise<ScenarioResult> {
  const session = await openProofSession(override);
  const { act, checks } = SCENARIOS[scenario];
  const end = await endOf(act(session));
  await session.close();
  const { history, twin, settings } = session;
  const verdicts = checks(settings)
    .map((check) => judge(check, history))
    .filter((verdict) => !hadNothingToJudge(verdict, end.early));
  return { scenario, crash: end.crash, history, journal: twin.journal, findings: foundBy(verdicts) };
}

interface End {
  /** Whether the scenario stopped half-way. */
  readonly early: boolean;
  readonly crash: string | undefined;
}

/** A scenario ends early where no token can be had; the verdict that is thrown then is in the history too. */
async function endOf(acting: Promise<void>): Promise<End> {
  try {
    await acting;
    return { early: false, crash: undefined };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { early: true, crash: text.includes('Violated: ') ? undefined : text };
  }
}

/** A check that the history gives nothing to judge says so; where that was to be expected it is no finding. */
function hadNothingToJudge(verdict: Verdict, endedEarly: boolean): boolean {
  if (verdict.holds !== 'unknown' || !verdict.findings.every(({ code }) => code === 'not-asked')) return false;
  return endedEarly || isAlwaysOn(verdict.check);
}

const SCENARIO_NAMES = Object.keys(SCENARIOS).filter(isScenarioName);

function isScenarioName(name: string): name is ScenarioName {
  return Object.hasOwn(SCENARIOS, name);
}

const MOST_TRIES = 3;

/** A delay of our own that takes a good part of a budget may break the budget by accident. */
const TOLERABLE_LAG_MS = 200;

/**
 * Runs all scenarios side by side. One during which this machine was too busy to keep time proves nothing and runs again,
 * at most three times in all.
 */
export function runAllScenarios(override: TwinOverride): Promise<readonly ScenarioResult[]> {
  return Promise.all(SCENARIO_NAMES.map((scenario) => runInTime(scenario, override, MOST_TRIES)));
}

async function runInTime(scenario: ScenarioName, override: TwinOverride, tries: number): Promise<ScenarioResult> {
  const result = await runScenario(scenario, override);
  const wasBusy = allOf(result.history, 'lag').some(({ lateMs }) => lateMs > TOLERABLE_LAG_MS);
  return wasBusy && tries > 1 ? runInTime(scenario, override, tries - 1) : result;
}
