import type { RunningShare } from '../execute/running-share.ts';
import { progressLine, sumOfProgress } from '../execute/progress.ts';

const EVERY_MS = 2000;

/** Reports a line of progress every two seconds, so a small fleet reports none. Returns the function that stops it. */
export function reportProgress(
  slices: readonly Pick<RunningShare, 'tally'>[],
  of: number,
  progress: (line: string) => void,
): () => void {
  let openedBefore = 0;
  const timer = setInterval(() => {
    const tally = sumOfProgress(slices.map((slice) => slice.tally));
    progress(progressLine(tally, of, ((tally.opened - openedBefore) * 1000) / EVERY_MS));
    openedBefore = tally.opened;
  }, EVERY_MS);
  return () => clearInterval(timer);
}
