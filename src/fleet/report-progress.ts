import type { RunningSlice } from './running-slice.ts';
import { progressLine, sumOfTallies } from './tally.ts';

const EVERY_MS = 2000;

/** Reports a line of progress every two seconds, so a small fleet reports none. Returns the function that stops it. */
export function reportProgress(
  slices: readonly Pick<RunningSlice, 'tally'>[],
  of: number,
  progress: (line: string) => void,
): () => void {
  let openedBefore = 0;
  const timer = setInterval(() => {
    const tally = sumOfTallies(slices.map((slice) => slice.tally));
    progress(progressLine(tally, of, ((tally.opened - openedBefore) * 1000) / EVERY_MS));
    openedBefore = tally.opened;
  }, EVERY_MS);
  return () => clearInterval(timer);
}
