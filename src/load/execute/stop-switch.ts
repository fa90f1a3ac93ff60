const LEAST_IN_A_ROW = 5;

/** Stops a fleet that does harm, or that nobody answers. */
export interface StopSwitch {
  /** Why the fleet stopped; undefined while it goes on. */
  readonly stopped: string | undefined;
  /** Counts the end of one connection's attempt. */
  count(outcome: 'well' | 'badly'): void;
  stop(because: string): void;
}

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
