import { setTimeout as sleep } from 'node:timers/promises';
import { monotonicMs } from '../../client/connect.ts';
import type { NightlyStage } from './nightly-stage.ts';
import { tryOne } from './try-one.ts';

/** Asks health and readiness every so often beside `work`, until that is done. */
export async function besideHealth<Value>(
  stage: NightlyStage,
  work: () => Promise<Value>,
  everyMs: number = stage.plan.sampleEveryMs,
): Promise<Value> {
  const done = new AbortController();
  const asking = (async () => {
    while (!done.signal.aborted) {
      await askTheService(stage);
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
export async function watchService(stage: NightlyStage): Promise<void> {
  const { watchMs, sampleEveryMs } = stage.plan;
  const beganMs = monotonicMs();
  const ageMs = (): number => monotonicMs() - beganMs;
  let restarting: Promise<void> | undefined;
  let owesRun = false;
  while (ageMs() < watchMs) {
    const dueMs = ageMs() + sampleEveryMs;
    if (ageMs() >= watchMs / 3) restarting ??= stage.restart?.();
    await askTheService(stage);
    const worked = await tryOne(stage, owesRun);
    owesRun = !worked;
    await sleep(Math.max(0, dueMs - ageMs()));
  }
  await restarting;
}

async function askTheService({ probe }: NightlyStage): Promise<void> {
  await Promise.all([probe('health'), probe('readiness')]);
}
