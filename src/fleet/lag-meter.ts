import { performance } from 'node:perf_hooks';

/** How often the event loop is sampled. */
export const LAG_INTERVAL_MS = 10;

/** One sample of our own delay: at `atMs` (monotonic) the event loop came `lateMs` after it was due. */
export interface LagSample {
  readonly atMs: number;
  readonly lateMs: number;
}

/** Samples the delay of this thread's event loop until it is stopped. */
export interface LagMeter {
  readonly samples: readonly LagSample[];
  stop(): void;
}

export function startLagMeter(): LagMeter {
  const samples: LagSample[] = [];
  let due = performance.now() + LAG_INTERVAL_MS;
  const timer = setInterval(() => {
    const atMs = performance.now();
    samples.push({ atMs, lateMs: Math.max(0, atMs - due) });
    due = atMs + LAG_INTERVAL_MS;
  }, LAG_INTERVAL_MS);
  return { samples, stop: () => clearInterval(timer) };
}

/** The samples whose delay overlaps a stretch of time. */
export function lagWithin(samples: readonly LagSample[], fromMs: number, toMs: number): readonly LagSample[] {
  return samples.filter(({ atMs, lateMs }) => atMs >= fromMs && atMs - lateMs <= toMs);
}
