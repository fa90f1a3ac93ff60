import type { ObservedFinding, Observation } from '../../../src/load/observe/observation.ts';
import type { ViolationCode } from '../../../src/checks/findings.ts';

/** The load of a fleet of ten connections. */
export const LOAD = {
  connections: 10,
  rampPerSecond: 100,
  handshakesAtOnce: 10,
  runsPerConnection: 1,
  connectionsPerWorker: 100,
  stopAfterPercent: 5,
};

/** A connection that passed, unless `but` says otherwise; the n-th of a run that starts one every 100 ms. */
export function observed(n: number, but: Partial<Observation> = {}): Observation {
  return {
    connection: `c${n}`,
    outcome: 'passed',
    findings: [],
    signature: '',
    internalError: false,
    startedAtMs: n * 100,
    latenciesMs: { connect: 2, welcome: 3, pong: 1 },
    runs: { asked: 0, complete: 0 },
    entries: [n],
    ...but,
  };
}

/** A violation of a connection. */
export function found(code: ViolationCode): ObservedFinding {
  const texts = { expected: 'something else', found: code, because: code };
  return { check: 'a check', certain: true, code, blame: 'product', ...texts, entries: [], connection: '' };
}

/** What is different about a connection that ended with 1011 before its welcome. */
export const INTERNAL_ERROR: Partial<Observation> = {
  outcome: 'failed',
  findings: [found('closed-before-welcome')],
  signature: 'closed-before-welcome, close 1011 "Internal error"',
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
