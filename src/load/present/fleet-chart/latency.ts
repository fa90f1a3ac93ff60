import type { FleetResult } from '../../observe/fleet-result.ts';
import { readDistribution } from '../../observe/distribution.ts';
import { panel } from './panel.ts';
import type { LatencyMetric } from '../../observe/latency-metrics.ts';

const DRAWN: readonly LatencyMetric[] = ['connect', 'welcome', 'pong', 'first-event', 'run', 'run-from-intended'];

/** Shares of the connections; each step to the right leaves out ten times fewer. */
const PERCENTILES = [0, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99] as const;
const NAMED: readonly number[] = [0, 90, 99, 99.9, 99.99];

/** Latency by percentile, one line per phase. */
export function latencyPanel({ phases }: Pick<FleetResult, 'phases'>): string {
  const lines = DRAWN.flatMap((phase) => {
    const text = phases[phase];
    const values = text === undefined ? undefined : readDistribution(text);
    if (values === undefined || values.count === 0) return [];
    return [
      { label: phase, points: PERCENTILES.map((percentile) => ({ x: nines(percentile), y: values.atMs(percentile) })) },
    ];
  });
  const ticks = NAMED.map((percentile) => ({ x: nines(percentile), label: `p${percentile}` }));
  return panel({ title: 'Latency by percentile', xLabel: 'percentile', yLabel: 'ms', lines, ticks });
}

function nines(percentile: number): number {
  return -Math.log10(1 - percentile / 100);
}
