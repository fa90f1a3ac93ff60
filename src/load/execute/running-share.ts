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
import type { WorkerShare } from './run-share.ts';
import { runShare } from './run-share.ts';

/** A share that is under way, in this thread or in another. */
export interface RunningShare {
  readonly progress: Readonly<Progress>;
  /** Never rejects: where a thread ends early, it resolves to a result that names the virtual users that were not judged. */
  readonly result: Promise<ShareResult>;
  stop(because: string): void;
}

/** How a share and the other shares of a shard keep each other informed. */
export interface ShareNeighbours {
  /** Resolves once every share has all its virtual users open, or is gone. */
  arrive(): Promise<void>;
  /** This share will not arrive any more. */
  leave(): void;
  /** This share stopped; the others stop as well. */
  stopAll(because: string): void;
}

/** Runs a share in this thread. */
export function shareHere(
  plan: FleetPlan,
  identities: Pick<Identities, 'next'>,
  share: WorkerShare,
  neighbours: ShareNeighbours,
): RunningShare {
  const progress = noProgress();
  const ownSwitch = stopSwitch(plan.load.stopAfterPercent, share.range.count);
  const context = {
    plan,
    identities,
    progress,
    clock: monotonicMs,
    redact: createRedactor(plan.secretForms),
    stopSwitch: stoppingAll(ownSwitch, neighbours.stopAll),
  };
  const result = runShare(context, share, () => neighbours.arrive()).catch((error: unknown) =>
    lostShare(share.range, crashed(error)),
  );
  return { progress, result, stop: (because) => ownSwitch.stop(because) };
}

/** A switch that stops the other shares too when it stops by itself. */
function stoppingAll(own: StopSwitch, stopAll: (because: string) => void): StopSwitch {
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

/** What is left of a share that ended without a result: which virtual users were not judged, and why. */
export function lostShare(range: UserRange, because: string): ShareResult {
  const unjudged = [{ range, because: `${nameOfRange(range)}: ${because}` }];
  return { range, users: [], latencies: {}, lag: {}, lagWindows: [], kept: [], unjudged, stopped: undefined };
}

/** The cause of a crash as a clause. */
export function crashed(error: unknown): string {
  return `its thread crashed: ${error instanceof Error ? error.message : String(error)}`;
}
