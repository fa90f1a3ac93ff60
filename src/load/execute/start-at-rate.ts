import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

/** How fast things are started. `clock` is monotonic, in milliseconds. */
export interface StartRate {
  readonly perSecond: number;
  /** How many may be under way at the same time. */
  readonly atOnce: number;
  readonly clock: () => number;
}

/**
 * Starts one thing per item at a steady rate, and resolves to all results. Each is told when it was meant to start: when
 * too many are under way, or this process is late, the actual start comes after, and the difference must not be lost
 * (coordinated omission).
 */
export function startAtRate<Item, Result>(
  items: readonly Item[],
  { perSecond, atOnce, clock }: StartRate,
  start: (item: Item, intendedMs: number) => Promise<Result>,
): Promise<Result[]> {
  const limit = pLimit(atOnce);
  const beginMs = clock();
  return limit.map(items, async (item, index) => {
    const intendedMs = beginMs + (index * 1000) / perSecond;
    const earlyMs = intendedMs - clock();
    if (earlyMs > 0) await sleep(earlyMs);
    return start(item, intendedMs);
  });
}
