import type { Values } from './variables.ts';

/** The load that a fleet is declared to put on its target. */
export interface FleetLoad {
  /** Size of the whole fleet, all parts together. */
  readonly connections: number;
  /** Connections started, and runs asked for, in a second. */
  readonly rampPerSecond: number;
  /** Connections between the first byte and the first pong at the same time. */
  readonly handshakesAtOnce: number;
  readonly runsPerConnection: number;
  /** A larger part is spread over worker threads. */
  readonly connectionsPerWorker: number;
  /** The fleet stops when this share of it fails in a row. */
  readonly stopAfterPercent: number;
}

/** The declared load of the fleet that the variables set. */
export function fleetLoadOf(values: Values): FleetLoad {
  return {
    connections: values.CONNECTIONS,
    rampPerSecond: values.RAMP_PER_SECOND,
    handshakesAtOnce: values.HANDSHAKES_AT_ONCE,
    runsPerConnection: values.RUNS_PER_CONNECTION,
    connectionsPerWorker: values.CONNECTIONS_PER_WORKER,
    stopAfterPercent: values.STOP_AFTER_PERCENT,
  };
}
