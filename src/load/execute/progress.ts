import type { RunningShare } from './running-share.ts';

/** How far the members of a fleet have come, for people who wait. */
export interface Progress {
  started: number;
  opened: number;
  welcomed: number;
  running: number;
  done: number;
  failed: number;
}

export function noProgress(): Progress {
  return { started: 0, opened: 0, welcomed: 0, running: 0, done: 0, failed: 0 };
}

/** The sum of the tallies of several slices. */
export function sumOfProgress(tallies: readonly Readonly<Progress>[]): Progress {
  return tallies.reduce<Progress>(
    (sum, tally) => ({
      started: sum.started + tally.started,
      opened: sum.opened + tally.opened,
      welcomed: sum.welcomed + tally.welcomed,
      running: sum.running + tally.running,
      done: sum.done + tally.done,
      failed: sum.failed + tally.failed,
    }),
    noProgress(),
  );
}

/** One line of progress. `perSecond` is the rate at which connections opened since the last line. */
export function progressLine(tally: Readonly<Progress>, of: number, perSecond: number): string {
  const { opened, welcomed, running, done, failed } = tally;
  return (
    `fleet: ${opened}/${of} opened, ${welcomed} welcomed, ${running} running, ${done} done, ${failed} failed, ` +
    `${Math.round(perSecond)}/s`
  );
}

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
