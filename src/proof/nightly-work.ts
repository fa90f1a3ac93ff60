import type { Settings } from '../../env/settings.ts';
import { judge } from '../checks/judgement.ts';
import type { Check } from '../checks/verdict.ts';
import type { History } from '../history/entry.ts';
import { idleStability } from '../load/judge/idle-stability.ts';
import { connectionLimit, messageRate, messageSize } from '../load/judge/limits.ts';
import { healthAgreement, recovery } from '../load/judge/outages.ts';
import { ratesOf } from '../load/judge/rates.ts';
import { reconnection } from '../load/judge/reconnection.ts';
import { replay } from '../load/judge/replay.ts';
import { tokenExpiry } from '../load/judge/token-expiry.ts';
import { exceedConnections, exceedRate, exceedSize } from '../load/workloads/exceed-limits.ts';
import { loseAndReturn, loseDuringRun, outliveToken, reconnectOften } from '../load/workloads/lose-connections.ts';
import type { NightlyContext } from '../load/workloads/nightly-context.ts';
import { openNightlyContext } from '../load/workloads/nightly-context.ts';
import { holdConnections, tryConnections, watchService } from '../load/workloads/try-connections.ts';
import type { TwinOverride } from '../session/target.ts';
import type { FoundFinding } from './compare.ts';
import { foundBy } from './compare.ts';
import { openProofSession } from './proof-session.ts';

/** A nightly run in a second: connections age 300 times faster, and the numbers are as small as they may be. */
const SHORT_NIGHT = {
  TWIN_RELIABILITY_CONNECTIONS: '300',
  TWIN_RELIABILITY_RUNS: '60',
  TWIN_RAMP_PER_SECOND: '2000',
  TWIN_TIME_SCALE: '300',
  TWIN_HOLD_CONNECTIONS: '2',
  TWIN_RECONNECT_BUDGET_MS: '250',
  TWIN_WATCH_MS: '900',
  TWIN_SAMPLE_EVERY_MS: '50',
} as const;

/** The work of one nightly spec, and the checks that judge it. */
interface NightlyWork {
  readonly work: (context: NightlyContext) => Promise<unknown>;
  readonly checks: (settings: Settings) => readonly Check[];
}

/** Failures in a row that count as an outage. */
const OUTAGE = 5;

/** The specs of the nightly project, without Playwright. */
export const NIGHTLY_WORK = {
  rates: { work: tryConnections, checks: (settings) => [...rates(settings), healthAgreement({ least: OUTAGE })] },
  idling: { work: holdConnections, checks: ({ nightly }) => [idleStability(nightly)] },
  reset: { work: (context) => loseAndReturn(context, 'reset'), checks: ({ nightly }) => [reconnection(nightly)] },
  reconnects: { work: reconnectOften, checks: ({ nightly }) => [reconnection(nightly)] },
  replay: { work: loseDuringRun, checks: ({ nightly }) => [reconnection(nightly), replay()] },
  expiry: { work: outliveToken, checks: ({ nightly }) => [tokenExpiry(), reconnection(nightly)] },
  connections: { work: exceedConnections, checks: () => [connectionLimit()] },
  sizes: { work: exceedSize, checks: () => [messageSize()] },
  messages: { work: exceedRate, checks: () => [messageRate()] },
  restart: { work: watchService, checks: () => [recovery(), healthAgreement({ least: 1 })] },
} as const satisfies Record<string, NightlyWork>;

/** One of {@link NIGHTLY_WORK}. */
export type NightlyWorkName = keyof typeof NIGHTLY_WORK;

/** The gates over the rates as checks of a history. */
function rates(settings: Settings): readonly Check[] {
  return [0, 1, 2].map((gate): Check => (history) => {
    const verdict = ratesOf(history, settings).gates[gate];
    if (verdict === undefined) throw new RangeError(`Expected three gates, found none at ${gate}.`);
    return verdict;
  });
}

/** What nightly work on a twin of its own left behind. */
export interface NightlyRun {
  readonly history: History;
  readonly settings: Settings;
  /** How often a fault of this name really fired. */
  readonly fired: (name: string) => number;
}

/** Starts a twin, does one nightly work on it, and closes everything. */
export async function runNightlyWork(override: TwinOverride, work: NightlyWork['work']): Promise<NightlyRun> {
  const session = await openProofSession({ journal: 'faults', ...override }, SHORT_NIGHT);
  try {
    await work(openNightlyContext(session));
  } finally {
    await session.close();
  }
  const { history, settings, twin } = session;
  return { history, settings, fired: (name) => twin.journal.fired(name) };
}

/** Everything that the checks of a nightly work find in its history. */
export function nightlyFindings(name: NightlyWorkName, { history, settings }: NightlyRun): readonly FoundFinding[] {
  return foundBy(NIGHTLY_WORK[name].checks(settings).map((check) => judge(check, history)));
}
