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
 * Starts one thing per item at a steady rate, and resolves to all results. Each start gets the time for which it was
 * intended: when too many are under way, or this process is late, the actual start comes after it, and the difference must
 * not be lost (coordinated omission).
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

/** Makes several parties wait for each other. */
export interface Barrier {
  /** Resolves when every party has arrived or left. */
  arrive(): Promise<void>;
  /** One party will not come. */
  leave(): void;
}

/** A barrier for this many parties. */
export function createBarrier(parties: number): Barrier {
  let missing = parties;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const oneLess = (): void => {
    missing -= 1;
    if (missing <= 0) open();
  };
  return {
    arrive() {
      oneLess();
      return opened;
    },
    leave: oneLess,
  };
}

/** Stops a fleet that does harm, or that gets no answer. */
export interface StopSwitch {
  /** Why the fleet stopped; undefined while it goes on. */
  readonly stopped: string | undefined;
  /** Counts the end of one connection's attempt. */
  count(outcome: 'well' | 'badly'): void;
  stop(because: string): void;
}

const LEAST_IN_A_ROW = 5;

/** A switch that stops by itself when `percent` of `connections`, and at least five, fail in a row. */
export function stopSwitch(percent: number, connections: number): StopSwitch {
  const most = Math.max(LEAST_IN_A_ROW, Math.ceil((percent / 100) * connections));
  let inARow = 0;
  let stopped: string | undefined;
  return {
    get stopped() {
      return stopped;
    },
    count(outcome) {
      inARow = outcome === 'well' ? 0 : inARow + 1;
      if (inARow === most) {
        stopped ??= `${most} connections failed in a row (STOP_AFTER_PERCENT is ${percent}); no more were started`;
      }
    },
    stop(because) {
      stopped ??= because;
    },
  };
}
