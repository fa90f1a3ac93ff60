/** How often a twin has begun to listen, and how long ago that was. */
export interface Starts {
  /** 1 until it is restarted. */
  count(): number;
  /** Milliseconds since it last began to listen. */
  uptimeMs(): number;
  /** It begins to listen. */
  begin(): void;
}

/** Counts the starts of one twin on its monotonic clock, in milliseconds. */
export function createStarts(clock: () => number): Starts {
  let count = 0;
  let beganMs = clock();
  return {
    count: () => count,
    uptimeMs: () => clock() - beganMs,
    begin() {
      count += 1;
      beganMs = clock();
    },
  };
}
