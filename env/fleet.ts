import { wholeNumber, withDefault } from './rows.ts';
import type { ValuesOf } from './rows.ts';

/** How the fleet of `CONNECTIONS` clients is brought up, spread and, if need be, stopped. */
export const FLEET_VARIABLES = {
  RAMP_PER_SECOND: withDefault(wholeNumber(1, 100_000), '50', {
    about: 'How many connections of the fleet are started in a second, and how many of its runs.',
  }),
  HANDSHAKES_AT_ONCE: withDefault(wholeNumber(1, 10_000), '25', {
    about: 'How many connections of the fleet may be on their way to their first pong at the same time.',
  }),
  RUNS_PER_CONNECTION: withDefault(wholeNumber(1, 1000), '1', {
    about: 'How many runs each connection of the fleet asks for, one after the other.',
  }),
  CONNECTIONS_PER_WORKER: withDefault(wholeNumber(1, 100_000), '1000', {
    about: 'A larger fleet is spread over worker threads, at most one per core.',
  }),
  STOP_AFTER_PERCENT: withDefault(wholeNumber(1, 100), '5', {
    about: 'The fleet stops when this share of its connections, in percent and at least five, fails in a row.',
  }),
};

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
export function fleetLoadOf(values: ValuesOf<typeof FLEET_VARIABLES> & { readonly CONNECTIONS: number }): FleetLoad {
  return {
    connections: values.CONNECTIONS,
    rampPerSecond: values.RAMP_PER_SECOND,
    handshakesAtOnce: values.HANDSHAKES_AT_ONCE,
    runsPerConnection: values.RUNS_PER_CONNECTION,
    connectionsPerWorker: values.CONNECTIONS_PER_WORKER,
    stopAfterPercent: values.STOP_AFTER_PERCENT,
  };
}
