import type { Identities } from '../client/identity.ts';
import { monotonicMs } from '../client/connect.ts';
import { createRedactor } from '../history/redact.ts';
import { crashed, lostSlice } from './lost-slice.ts';
import type { FleetPlan } from './plan.ts';
import { runSlice } from './run-slice.ts';
import type { SliceOrders } from './run-slice.ts';
import type { RunningSlice, SliceNeighbours } from './running-slice.ts';
import type { StopSwitch } from './stop-switch.ts';
import { stopSwitch } from './stop-switch.ts';
import { emptyTally } from './tally.ts';

/** Runs a slice in this thread. */
export function sliceHere(
  plan: FleetPlan,
  identities: Pick<Identities, 'next'>,
  orders: Omit<SliceOrders, 'barrier'>,
  neighbours: SliceNeighbours,
): RunningSlice {
  const tally = emptyTally();
  const ownSwitch = stopSwitch(plan.load.stopAfterPercent, orders.span.count);
  const crew = {
    plan,
    identities,
    tally,
    clock: monotonicMs,
    redact: createRedactor(plan.secretForms),
    stopSwitch: telling(ownSwitch, neighbours.stopAll),
  };
  const result = runSlice(crew, { ...orders, barrier: () => neighbours.arrive() }).catch((error: unknown) =>
    lostSlice(orders.span, crashed(error)),
  );
  return { tally, result, stop: (because) => ownSwitch.stop(because) };
}

/** A switch that tells the other slices when it stops by itself. */
function telling(own: StopSwitch, stopAll: (because: string) => void): StopSwitch {
  return {
    get stopped() {
      return own.stopped;
    },
    count(outcome) {
      const before = own.stopped;
      own.count(outcome);
      if (before === undefined && own.stopped !== undefined) stopAll(own.stopped);
    },
    stop: (because) => own.stop(because),
  };
}
