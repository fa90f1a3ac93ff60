import { monotonicMs } from '../../client/connect.ts';
import type { Identities } from '../../client/identities/identity.ts';
import { createRedactor } from '../../history/redact.ts';
import type { ShareResult } from '../observe/fleet-result.ts';
import type { UserRange } from '../observe/user-range.ts';
import { nameOfRange } from '../observe/user-range.ts';
import type { FleetPlan } from './plan.ts';
import type { Progress } from './progress.ts';
import { noProgress } from './progress.ts';
import type { StopSwitch } from './ramp.ts';
import { stopSwitch } from './ramp.ts';
import type { ShareOrders } from './run-share.ts';
import { runShare } from './run-share.ts';

/** A slice that is under way, in this thread or in another. */
export interface RunningShare {
  readonly tally: Readonly<Progress>;
  /** Never rejects: of a thread that dies it is told which members were not judged. */
  readonly result: Promise<ShareResult>;
  stop(because: string): void;
}

/** What a slice is told of the others, and tells them. */
export interface ShareNeighbours {
  /** Resolves once every slice has all its members open, or is gone. */
  arrive(): Promise<void>;
  /** This slice will not arrive any more. */
  leave(): void;
  /** This slice stopped; the others stop as well. */
  stopAll(because: string): void;
}

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

/** What is left of a slice that ended without a result: who was not judged, and why. */
export function lostShare(span: UserRange, because: string): ShareResult {
  const unjudged = [{ span, because: `${nameOfRange(span)}: ${because}` }];
  return { span, members: [], phases: {}, lag: {}, lagWindows: [], kept: [], unjudged, stopped: undefined };
}

/** The cause of a crash as a clause. */
export function crashed(error: unknown): string {
  return `its thread crashed: ${error instanceof Error ? error.message : String(error)}`;
}
