import type { FleetLoad } from '../src/load/execute/load.ts';
import type { Values } from './variables.ts';

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
