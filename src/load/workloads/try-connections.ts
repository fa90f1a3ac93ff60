import { handshake } from '../../checks/handshake.ts';
import { heartbeat } from '../../checks/heartbeat.ts';
import { welcome } from '../../checks/welcome.ts';
import { monotonicMs } from '../../client/connect.ts';
import { startAtRate } from '../execute/start-at-rate.ts';
import { verified } from '../observe/observation.ts';
import { observe } from '../observe/observe.ts';
import type { NightlyStage } from './nightly-stage.ts';
import { tryOne } from './try-one.ts';
import { besideHealth } from './watch-service.ts';

/** More at once would measure our own queue instead of the product. */
const MOST_AT_ONCE = 20;

/** How often attempts that our own delay spoilt are made up for. */
const MOST_ROUNDS = 3;

/**
 * Makes the connections that rates are counted on, at the ramp of the settings: each goes to its welcome and a pong, some
 * ask for a run, all close. Health and readiness are asked meanwhile. Attempts that say nothing, because our own delay could
 * explain them, are made up for by as many more.
 */
export async function tryConnections(stage: NightlyStage): Promise<void> {
  const { rampPerSecond, handshakesAtOnce } = stage.load;
  const atOnce = Math.min(handshakesAtOnce, MOST_AT_ONCE);
  const pace = { perSecond: rampPerSecond, atOnce, clock: monotonicMs };
  await besideHealth(stage, async () => {
    let missing = stage.plan.connections;
    for (let made = 0, round = 0; missing > 0 && round <= MOST_ROUNDS; round += 1) {
      const numbers = Array.from({ length: missing }, (_, offset) => made + offset);
      await startAtRate(numbers, pace, (number) => tryOne(stage, number < stage.plan.runs));
      made += missing;
      missing = Math.max(0, stage.plan.connections - (made - spoilt(stage)));
    }
  });
}

function spoilt({ recorder, budgets }: NightlyStage): number {
  const observations = observe(recorder.history, [handshake(), welcome(budgets), heartbeat(budgets)]);
  return observations.length - verified(observations).length;
}
