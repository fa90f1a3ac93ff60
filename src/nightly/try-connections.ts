import { monotonicMs } from '../client/connect.ts';
import { paced } from '../fleet/paced.ts';
import type { NightlyStage } from './stage.ts';
import { besideHealth } from './watch-service.ts';

/** More at once would measure our own queue instead of the product. */
const MOST_AT_ONCE = 20;

/**
 * Makes the connections that rates are counted on, at the ramp of the settings: each goes to its welcome and a pong, some
 * ask for a run, all close. Health and readiness are asked meanwhile.
 */
export async function tryConnections(stage: NightlyStage): Promise<void> {
  const { rampPerSecond, handshakesAtOnce } = stage.load;
  const atOnce = Math.min(handshakesAtOnce, MOST_AT_ONCE);
  const pace = { perSecond: rampPerSecond, atOnce, clock: monotonicMs };
  const numbers = Array.from({ length: stage.plan.connections }, (_, number) => number);
  await besideHealth(stage, () => paced(numbers, pace, (number) => tryOne(stage, number < stage.plan.runs)));
}

async function tryOne({ connect, prompt }: NightlyStage, withRun: boolean): Promise<void> {
  const client = await connect();
  const welcomed = await client.welcomed();
  const ponged = welcomed.by === 'message' ? await client.ping() : welcomed;
  if (ponged.by === 'message' && withRun) {
    client.ask(prompt);
    await client.settled();
  }
  await client.close();
}
