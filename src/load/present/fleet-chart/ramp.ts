import type { FleetResult } from '../../observe/fleet-result.ts';
import { panel } from './panel.ts';
import type { Line } from './panel.ts';

const STEPS = 100;

/** How many connections were meant to be started, were started and were open, over time. */
export function rampPanel({ members }: Pick<FleetResult, 'members'>): string {
  const lines: readonly Line[] = [
    counted(
      'declared',
      members.map(({ intendedAtMs }) => intendedAtMs),
    ),
    counted(
      'started',
      members.map(({ startedAtMs }) => startedAtMs),
    ),
    counted(
      'opened',
      members.flatMap(({ openedAtMs }) => openedAtMs ?? []),
    ),
  ];
  return panel({ title: 'Ramp', xLabel: 'seconds', yLabel: 'sockets', lines });
}

/** How many of some moments have passed, over time. */
export function counted(label: string, moments: readonly number[]): Line {
  const sorted = moments.toSorted((a, b) => a - b);
  const stride = Math.max(1, Math.ceil(sorted.length / STEPS));
  const points = sorted.flatMap((ms, position) =>
    position % stride === 0 || position === sorted.length - 1 ? [{ x: ms / 1000, y: position + 1 }] : [],
  );
  return { label, points };
}
