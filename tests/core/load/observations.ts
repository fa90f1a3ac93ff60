import type { Observation } from '../../../src/load/observe/observation.ts';

/** A connection that succeeded, unless `but` says otherwise; the n-th of a run that starts one every 100 ms. */
export function observed(n: number, but: Partial<Observation> = {}): Observation {
  return {
    connection: `c${n}`,
    outcome: 'succeeded',
    signature: '',
    codes: [],
    internalError: false,
    startedAtMs: n * 100,
    latenciesMs: { connect: 2, welcome: 3, pong: 1 },
    runs: { asked: 0, complete: 0 },
    entries: [n],
    ...but,
  };
}

/** What is different about a connection that ended with 1011 before its welcome. */
export const INTERNAL_ERROR: Partial<Observation> = {
  outcome: 'failed',
  signature: 'closed-before-welcome, close 1011 "Internal error"',
  codes: ['closed-before-welcome'],
  internalError: true,
  endedAfterMs: 65,
};

/** `tried` connections, of which those in `failing` are different. */
export function attempts(
  tried: number,
  failing: readonly number[] = [],
  but: Partial<Observation> = INTERNAL_ERROR,
): readonly Observation[] {
  return Array.from({ length: tried }, (_, n) => observed(n, failing.includes(n) ? but : {}));
}
