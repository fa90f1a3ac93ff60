/** A question and its answer, on the clock of the history. */
export interface MeasuredWait {
  readonly askedMs: number;
  readonly answeredMs: number;
}

/** How the waits of users that asked together grow. Times are milliseconds. */
export interface Growth {
  /** How many asked together. */
  readonly users: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** How much longer each further user waits. */
  readonly stepMs: number;
}

const FEWEST = 3;
/** Waits that grow by less are not called a queue: our own event loop and the network spread ten answers as far. */
const LEAST_STEP_MS = 50;

/**
 * The law of a queue: of users that asked before anybody was answered, each further one waits longer by the same step, as
 * behind a server that serves them one by one. `undefined` where they were too few, or do not grow evenly.
 */
export function growthOf(waits: readonly MeasuredWait[]): Growth | undefined {
  const firstAnswerMs = Math.min(...waits.map(({ answeredMs }) => answeredMs));
  const together = waits.filter(({ askedMs }) => askedMs < firstAnswerMs);
  const times = together.map(({ askedMs, answeredMs }) => answeredMs - askedMs).toSorted((a, b) => a - b);
  const [shortestMs, longestMs] = [times[0], times.at(-1)];
  if (shortestMs === undefined || longestMs === undefined || times.length < FEWEST) return undefined;
  const stepMs = (longestMs - shortestMs) / (times.length - 1);
  const isEven = times.every((time, position) => Math.abs(time - shortestMs - position * stepMs) <= stepMs / 2);
  if (!isEven || stepMs < LEAST_STEP_MS) return undefined;
  return { users: times.length, shortestMs, longestMs, stepMs };
}
