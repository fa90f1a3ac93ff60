import { availableParallelism } from 'node:os';
import { monotonicMs } from '../../client/connect.ts';
import type { ShardResult, ShareResult } from '../observe/fleet-result.ts';
import { SHARD_FORMAT, combined } from '../observe/fleet-result.ts';
import type { Shard, UserRange } from '../observe/user-range.ts';
import { rangeOfShard, rangesOfThreads } from '../observe/user-range.ts';
import type { FleetIdentities } from './identity-feed.ts';
import type { FleetPlan } from './plan.ts';
import { reportProgress } from './progress.ts';
import { createBarrier } from './ramp.ts';
import type { RunningShare, ShareNeighbours } from './running-share.ts';
import { shareHere } from './running-share.ts';
import { shareInThread } from './share-in-thread.ts';

/** One shard of a fleet, to be run by this process. */
export interface ShardOptions {
  readonly plan: FleetPlan;
  readonly shard: Shard;
  readonly project: string;
  readonly identities: FleetIdentities;
  /** Takes a line of progress every two seconds. */
  readonly report: (line: string) => void;
  /** Default: one per core. */
  readonly mostThreads?: number;
  /** Called with the running shares; a test of the harness may end one of them. */
  readonly onStarted?: (shares: readonly RunningShare[]) => void;
}

/**
 * Runs one shard of a fleet: in this thread while it is small, spread over worker threads when it is larger. Never throws
 * for the server; what could not be judged is in the result.
 */
export async function runShard(options: ShardOptions): Promise<ShardResult> {
  const { plan, shard, project, report, onStarted } = options;
  const startedAt = new Date().toISOString();
  const beganMs = monotonicMs();
  const range = rangeOfShard(shard, plan.load.connections);
  const shares = startShares(options, range, beganMs);
  onStarted?.(shares);
  const stopReporting = reportProgress(shares, range.count, report);
  const results: readonly ShareResult[] = await Promise.all(shares.map(({ result }) => result));
  stopReporting();
  return {
    ...combined(range, results),
    format: SHARD_FORMAT,
    shard,
    project,
    load: plan.load,
    startedAt,
    durationMs: Math.round(monotonicMs() - beganMs),
    threads: shares.length,
    finished: true,
  };
}

function startShares(
  { plan, shard, identities, mostThreads = availableParallelism() }: ShardOptions,
  range: UserRange,
  beganMs: number,
): readonly RunningShare[] {
  const ranges = rangesOfThreads(range, plan.load.connectionsPerWorker, mostThreads);
  const barrier = createBarrier(ranges.length);
  const shares: RunningShare[] = [];
  const stopAll = (because: string): void => {
    for (const share of shares) share.stop(because);
  };
  const neighbours: ShareNeighbours = { arrive: () => barrier.arrive(), leave: () => barrier.leave(), stopAll };
  const run = ranges.length === 1 ? shareHere : shareInThread;
  const ofRamp = 1 / (ranges.length * shard.of);
  for (const each of ranges) {
    shares.push(run(plan, identities.of(each), { range: each, ofRamp, beganMs }, neighbours));
  }
  return shares;
}
