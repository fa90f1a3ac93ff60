/** How far the virtual users of a fleet have come, for people who wait. */
export interface Progress {
  started: number;
  opened: number;
  welcomed: number;
  running: number;
  done: number;
  failed: number;
}

const EVERY_MS = 2000;

/** Counts of zero, before the first virtual user. */
export function noProgress(): Progress {
  return { started: 0, opened: 0, welcomed: 0, running: 0, done: 0, failed: 0 };
}

/**
 * Reports a line every two seconds, so a small fleet reports none. `of` is the number of virtual users of all `shares`.
 * Returns the function that stops it.
 */
export function reportProgress(
  shares: readonly { readonly progress: Readonly<Progress> }[],
  of: number,
  report: (line: string) => void,
): () => void {
  let openedBefore = 0;
  const timer = setInterval(() => {
    const sum = sumOfProgress(shares.map(({ progress }) => progress));
    report(progressLine(sum, of, ((sum.opened - openedBefore) * 1000) / EVERY_MS));
    openedBefore = sum.opened;
  }, EVERY_MS);
  return () => clearInterval(timer);
}

function sumOfProgress(several: readonly Readonly<Progress>[]): Progress {
  const sum = noProgress();
  for (const progress of several) {
    sum.started += progress.started;
    sum.opened += progress.opened;
    sum.welcomed += progress.welcomed;
    sum.running += progress.running;
    sum.done += progress.done;
    sum.failed += progress.failed;
  }
  return sum;
}

/** `perSecond` is the rate at which connections opened since the last line. */
function progressLine(progress: Readonly<Progress>, of: number, perSecond: number): string {
  const { opened, welcomed, running, done, failed } = progress;
  return (
    `fleet: ${opened}/${of} opened, ${welcomed} welcomed, ${running} running, ${done} done, ${failed} failed, ` +
    `${Math.round(perSecond)}/s`
  );
}
