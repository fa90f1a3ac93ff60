import type { FleetResult } from '../../observe/fleet-result.ts';
import { panel } from './panel.ts';
import { TRUSTED_LAG_MS } from '../../observe/latency-figures.ts';

/** Our own worst event-loop delay over time, and how much of it is tolerable. */
export function lagPanel({ lagWindows }: Pick<FleetResult, 'lagWindows'>): string {
  const points = lagWindows.map(({ atMs, worstMs }) => ({ x: atMs / 1000, y: worstMs }));
  const end = points.reduce((max, { x }) => Math.max(max, x), 0);
  const tolerable = [
    { x: 0, y: TRUSTED_LAG_MS },
    { x: end, y: TRUSTED_LAG_MS },
  ];
  const lines = [
    { label: 'worst delay', points },
    { label: 'tolerable', points: tolerable },
  ];
  return panel({ title: "The harness's own delay", xLabel: 'seconds', yLabel: 'ms', lines });
}
