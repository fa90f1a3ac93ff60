import type { Observation } from '../observe/observation.ts';

/** The attempts that started in one stretch of time; `fromMs` counts from the first attempt of all. */
export interface TimeBin {
  readonly fromMs: number;
  readonly members: readonly Observation[];
}

/** Divides the attempts into at most `most` equal stretches of time, empty ones included. */
export function timeBins(observations: readonly Observation[], most: number): readonly TimeBin[] {
  if (observations.length === 0) return [];
  const starts = observations.map(({ startedAtMs }) => startedAtMs);
  const [beganMs, lastMs] = starts.reduce(
    ([least, greatest], start) => [Math.min(least, start), Math.max(greatest, start)],
    [Infinity, -Infinity],
  );
  const widthMs = Math.max(1, (lastMs - beganMs) / most);
  const bins: Observation[][] = Array.from({ length: most }, () => []);
  for (const observation of observations) {
    const bin = Math.min(most - 1, Math.floor((observation.startedAtMs - beganMs) / widthMs));
    bins[bin]?.push(observation);
  }
  return bins.map((members, bin) => ({ fromMs: bin * widthMs, members }));
}
