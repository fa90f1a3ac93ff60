import type { Identities } from '../../client/identities/identity.ts';
import { monotonicMs } from '../../client/connect.ts';
import { createRedactor } from '../../history/redact.ts';
import { crashed, lostShare } from './lost-share.ts';
import type { FleetPlan } from './plan.ts';
import { runShare } from './run-share.ts';
import type { ShareOrders } from './run-share.ts';
import type { RunningShare, ShareNeighbours } from './running-share.ts';
import type { StopSwitch } from './stop-switch.ts';
import { stopSwitch } from './stop-switch.ts';
import { noProgress } from './progress.ts';

/** Runs a slice in this thread. */
export function shareHere(
  plan: FleetPlan,
  identities: Pick<Identities, 'next'>,
  orders: Omit<ShareOrders, 'barrier'>,
  neighbours: ShareNeighbours,
): RunningShare {
  const tally = noProgress();
  const ownSwitch = stopSwitch(plan.load.stopAfterPercent, orders.span.count);
  const crew = {
    plan,
    identities,
    tally,
    clock: monotonicMs,
    redact: createRedactor(plan.secretForms),
    stopSwitch: telling(ownSwitch, neighbours.stopAll),
  };
  const result = runShare(crew, { ...orders, barrier: () => neighbours.arrive() }).catch((error: unknown) =>
    lostShare(orders.span, crashed(error)),
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
