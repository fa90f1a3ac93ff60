import { medianOf, spreadOf, looksOf } from './recurrence.ts';

/** One connection with a valid credential, in order of the attempts, as far as a pattern of failures shows. */
export interface ConnectionTrial {
  readonly name: string;
  readonly failed: boolean;
  /** From the upgrade to the end, where the connection ended by itself; in milliseconds. */
  readonly endedAfterMs?: number;
  /** Whether only a subprotocol carried the token. */
  readonly bySubprotocol: boolean;
}

const FEWEST = 3;
const ORDINALS = ['', '', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/**
 * Which of several attempts fail, as a clause: only the first, every third, from one on, only those over the subprotocol, or
 * all of them after the same time. `undefined` where the attempts are too few, or follow no law.
 */
export function patternOf(trials: readonly ConnectionTrial[]): string | undefined {
  const failed = trials.filter((trial) => trial.failed);
  if (trials.length < FEWEST || failed.length === 0) return undefined;
  if (failed.length === trials.length) return constantAge(failed);
  return onlyBySubprotocol(trials) ?? byPosition(trials);
}

function constantAge(failed: readonly ConnectionTrial[]): string | undefined {
  const times = failed.flatMap(({ endedAfterMs }) => endedAfterMs ?? []);
  const medianMs = medianOf(times);
  if (medianMs === undefined || times.length < failed.length) return undefined;
  if (looksOf(times.length, times.length, times) !== 'deterministic') return undefined;
  const apart = Math.round(spreadOf(times) ?? 0);
  return `each about ${Math.round(medianMs)} ms after the upgrade (${apart} ms apart)`;
}

function onlyBySubprotocol(trials: readonly ConnectionTrial[]): string | undefined {
  const isLaw = trials.every(({ failed, bySubprotocol }) => failed === bySubprotocol);
  return isLaw ? 'only over the subprotocol' : undefined;
}

function byPosition(trials: readonly ConnectionTrial[]): string | undefined {
  const positions = trials.flatMap(({ failed }, position) => (failed ? [position] : []));
  const [first = 0, second] = positions;
  if (second === undefined) return first === 0 ? 'only the first' : undefined;
  const isRest = positions.length === trials.length - first;
  if (isRest) return `${trials[first]?.name} to ${trials.at(-1)?.name}`;
  const step = second - first;
  const isPeriodic = step > 1 && trials.every(({ failed }, position) => failed === (position % step === step - 1));
  return isPeriodic ? `every ${ORDINALS[step] ?? `${step}th`}` : undefined;
}
