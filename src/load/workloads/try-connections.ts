import { setTimeout as sleep } from 'node:timers/promises';
import { handshake } from '../../checks/handshake.ts';
import { heartbeat } from '../../checks/heartbeat.ts';
import { welcome } from '../../checks/welcome.ts';
import { monotonicMs } from '../../client/connect.ts';
import { startAtRate } from '../execute/ramp.ts';
import { verified, observe } from '../observe/observation.ts';
import type { NightlyContext } from './nightly-context.ts';

/** More at once would measure our own queue instead of the product. */
const MOST_AT_ONCE = 20;

/** How often attempts that our own delay made worthless are repeated. */
const MOST_ROUNDS = 3;

/**
 * Makes the connections that rates are counted on, at the ramp of the settings: each goes to its welcome and a pong, some
 * ask for a run, all close. Health and readiness are asked meanwhile. Attempts that say nothing, because our own delay could
 * explain them, are followed by as many more.
 */
export async function tryConnections(context: NightlyContext): Promise<void> {
  const { rampPerSecond, handshakesAtOnce } = context.load;
  const atOnce = Math.min(handshakesAtOnce, MOST_AT_ONCE);
  const startRate = { perSecond: rampPerSecond, atOnce, clock: monotonicMs };
  await besideHealth(context, async () => {
    let missing = context.plan.connections;
    for (let made = 0, round = 0; missing > 0 && round <= MOST_ROUNDS; round += 1) {
      const numbers = Array.from({ length: missing }, (_, offset) => made + offset);
      await startAtRate(numbers, startRate, (number) => tryOne(context, number < context.plan.runs));
      made += missing;
      missing = Math.max(0, context.plan.connections - (made - unverified(context)));
    }
  });
}

function unverified({ recorder, budgets }: NightlyContext): number {
  const observations = observe(recorder.history, [handshake(), welcome(budgets), heartbeat(budgets)], 'sample');
  return observations.length - verified(observations).length;
}

/** One connection to its welcome and a pong, with a run where one is wanted; closed at the end. Resolves to whether the pong came. */
async function tryOne({ connect, prompt }: NightlyContext, withRun: boolean): Promise<boolean> {
  const client = await connect();
  const welcomed = await client.welcomed();
  const ponged = welcomed.by === 'message' ? await client.ping() : welcomed;
  if (ponged.by === 'message' && withRun) {
    client.ask(prompt);
    await client.settled();
  }
  await client.close();
  return ponged.by === 'message';
}

/** Asks health and readiness every `everyMs` beside `work`, until that is done. */
export async function besideHealth<Value>(
  context: NightlyContext,
  work: () => Promise<Value>,
  everyMs: number = context.plan.sampleEveryMs,
): Promise<Value> {
  const done = new AbortController();
  const asking = (async () => {
    while (!done.signal.aborted) {
      await askTheService(context);
      await sleep(everyMs, undefined, { signal: done.signal }).catch(() => undefined);
    }
  })();
  try {
    return await work();
  } finally {
    done.abort();
    await asking;
  }
}

/**
 * Takes samples for the time of the watch: health, readiness, and a connection that goes as far as a pong. Where the service
 * can be restarted, it is, after a third of the time; the first connection that works again asks for a run too.
 */
export async function watchService(context: NightlyContext): Promise<void> {
  const { watchMs, sampleEveryMs } = context.plan;
  const beganMs = monotonicMs();
  const ageMs = (): number => monotonicMs() - beganMs;
  let restarting: Promise<void> | undefined;
  let wantsRun = false;
  while (ageMs() < watchMs) {
    const dueMs = ageMs() + sampleEveryMs;
    if (ageMs() >= watchMs / 3) restarting ??= context.restart?.();
    await askTheService(context);
    const worked = await tryOne(context, wantsRun);
    wantsRun = !worked;
    await sleep(Math.max(0, dueMs - ageMs()));
  }
  await restarting;
}

async function askTheService({ probe }: NightlyContext): Promise<void> {
  await Promise.all([probe('health'), probe('readiness')]);
}

/** Holds some idle connections, keep-alive answered, and asks each that is still open for a pong at the end. */
export async function holdConnections({ connect, plan, probe }: NightlyContext): Promise<void> {
  await probe('websocket-config');
  const numbers = Array.from({ length: plan.holdConnections }, (_, number) => number);
  await Promise.all(
    numbers.map(async () => {
      const client = await connect();
      const welcomed = await client.welcomed();
      if (welcomed.by !== 'message') return;
      const held = await client.hold(plan.holdMs);
      if (held.by === 'deadline') await client.ping();
      await client.close();
    }),
  );
}
