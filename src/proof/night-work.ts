import type { Settings } from '../../env/settings.ts';
import type { Check } from '../checks/verdict.ts';
import { exceedConnections, exceedRate, exceedSize } from '../load/workloads/exceed-limits.ts';
import { holdConnections, tryConnections, watchService } from '../load/workloads/try-connections.ts';
import { loseAndReturn, loseDuringRun, outliveToken, reconnectOften } from '../load/workloads/lose-connections.ts';
import type { NightlyStage } from '../load/workloads/nightly-stage.ts';
import { connectionLimit, messageRate, messageSize } from '../load/judge/limits.ts';
import { healthAgreement, recovery } from '../load/judge/outages.ts';
import { idleStability } from '../load/judge/idle-stability.ts';
import { ratesOf } from '../load/judge/rates.ts';
import { reconnection } from '../load/judge/reconnection.ts';
import { replay } from '../load/judge/replay.ts';
import { tokenExpiry } from '../load/judge/token-expiry.ts';

/** One piece of the night's work, and the checks that judge it. */
interface Piece {
  readonly work: (stage: NightlyStage) => Promise<unknown>;
  readonly judges: (settings: Settings) => readonly Check[];
}

const AN_OUTAGE = 5;

/** The specs of the nightly project without its runner. */
export const NIGHT_WORK = {
  rates: { work: tryConnections, judges: (settings) => [...rates(settings), healthAgreement({ least: AN_OUTAGE })] },
  idling: { work: holdConnections, judges: ({ nightly }) => [idleStability(nightly)] },
  reset: { work: (stage) => loseAndReturn(stage, 'reset'), judges: ({ nightly }) => [reconnection(nightly)] },
  reconnects: { work: reconnectOften, judges: ({ nightly }) => [reconnection(nightly)] },
  replay: { work: loseDuringRun, judges: ({ nightly }) => [reconnection(nightly), replay()] },
  expiry: { work: outliveToken, judges: ({ nightly }) => [tokenExpiry(), reconnection(nightly)] },
  connections: { work: exceedConnections, judges: () => [connectionLimit()] },
  sizes: { work: exceedSize, judges: () => [messageSize()] },
  messages: { work: exceedRate, judges: () => [messageRate()] },
  restart: { work: watchService, judges: () => [recovery(), healthAgreement({ least: 1 })] },
} as const satisfies Record<string, Piece>;

export type NightWork = keyof typeof NIGHT_WORK;

/** The rates as checks of a history. */
function rates(settings: Settings): readonly Check[] {
  return [0, 1, 2].map((gate): Check => (history) => {
    const verdict = ratesOf(history, settings).gates[gate];
    if (verdict === undefined) throw new RangeError(`Expected three gates, found none at ${gate}.`);
    return verdict;
  });
}
