import type { Distribution } from './histograms.ts';
import { createDistribution } from './histograms.ts';
import type { LagSample } from '../../client/lag-sampler.ts';
import { LAG_INTERVAL_MS, lagWithin } from './lag-meter.ts';
import type { LatencyMetric, Timing } from './latency-metrics.ts';

type Texts = Readonly<Partial<Record<LatencyMetric, string>>>;

/** Collects what was timed, phase by phase. */
export interface Measurements {
  add(stretch: Timing): void;
  phases(): Texts;
  /** For each phase the distribution of our own delay between its first start and its last end. */
  lag(samples: readonly LagSample[]): Texts;
}

interface Measured {
  readonly distribution: Distribution;
  fromMs: number;
  toMs: number;
}

export function createMeasurements(): Measurements {
  const measured = new Map<LatencyMetric, Measured>();
  const texts = (textOf: (of: Measured) => string): Texts =>
    Object.fromEntries([...measured].map(([phase, of]) => [phase, textOf(of)]));
  return {
    add({ phase, fromMs, toMs }) {
      const of = measured.get(phase) ?? { distribution: createDistribution(), fromMs, toMs };
      measured.set(phase, of);
      of.distribution.record(toMs - fromMs);
      of.fromMs = Math.min(of.fromMs, fromMs);
      of.toMs = Math.max(of.toMs, toMs);
    },
    phases: () => texts(({ distribution }) => distribution.toText()),
    lag: (samples) => texts(({ fromMs, toMs }) => lagOf(lagWithin(samples, fromMs, toMs)).toText()),
  };
}

/** A delay hides those that would have been seen while it lasted, so it counts for each of them. */
function lagOf(samples: readonly LagSample[]): Distribution {
  const lag = createDistribution();
  for (const { lateMs } of samples) lag.recordWithHidden(lateMs, LAG_INTERVAL_MS);
  return lag;
}
