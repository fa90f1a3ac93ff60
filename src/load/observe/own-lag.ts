import type { LagSample } from '../../client/lag-sampler.ts';
import type { LagWindow } from './fleet-result.ts';

/** How often the event loop is sampled. */
export const LAG_INTERVAL_MS = 10;

/** The samples whose delay overlaps a stretch of time. */
export function lagWithin(samples: readonly LagSample[], fromMs: number, toMs: number): readonly LagSample[] {
  return samples.filter(({ atMs, lateMs }) => atMs >= fromMs && atMs - lateMs <= toMs);
}

const WINDOW_MS = 250;

/** The worst delay of each quarter of a second, counted from the beginning of the part. */
export function worstPerWindow(samples: readonly LagSample[], beganMs: number): readonly LagWindow[] {
  const worst = new Map<number, number>();
  for (const { atMs, lateMs } of samples) {
    const window = Math.floor((atMs - beganMs) / WINDOW_MS) * WINDOW_MS;
    worst.set(window, Math.max(worst.get(window) ?? 0, lateMs));
  }
  return [...worst].map(([atMs, worstMs]) => ({ atMs, worstMs: Math.round(worstMs * 10) / 10 }));
}
