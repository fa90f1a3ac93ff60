import type { LagSample } from '../../client/lag-sampler.ts';
import { sampleLag } from '../../client/lag-sampler.ts';

/** How often the event loop is sampled. */
export const LAG_INTERVAL_MS = 10;

/** Samples the delay of this thread's event loop until it is stopped. */
export interface LagMeter {
  readonly samples: readonly LagSample[];
  stop(): void;
}

export function startLagMeter(): LagMeter {
  const samples: LagSample[] = [];
  return { samples, stop: sampleLag(LAG_INTERVAL_MS, (sample) => void samples.push(sample)) };
}

/** The samples whose delay overlaps a stretch of time. */
export function lagWithin(samples: readonly LagSample[], fromMs: number, toMs: number): readonly LagSample[] {
  return samples.filter(({ atMs, lateMs }) => atMs >= fromMs && atMs - lateMs <= toMs);
}
