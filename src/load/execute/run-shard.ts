import { availableParallelism } from 'node:os';
import { monotonicMs } from '../../client/connect.ts';
import { createBarrier } from './ramp.ts';
import type { FleetIdentities } from './identity-feed.ts';
import type { ShardResult, ShareResult } from '../observe/fleet-result.ts';
import { combined } from '../observe/fleet-result.ts';
import type { FleetPlan } from './plan.ts';
import { reportProgress } from './progress.ts';
import type { RunningShare, ShareNeighbours } from './running-share.ts';
import { shareHere } from './running-share.ts';
import { shareInThread } from './share-in-thread.ts';
import type { Shard, UserRange } from '../observe/user-range.ts';
import { rangeOfShard, spread } from '../observe/user-range.ts';

/** One part of a fleet, to be run by this process. */
export interface ShardOptions {
  readonly plan: FleetPlan;
  readonly part: Shard;
  readonly project: string;
  readonly identities: FleetIdentities;
  /** Takes a line of progress now and then. */
  readonly progress: (line: string) => void;
  /** Default: one per core. */
  readonly mostThreads?: number;
  /** Called with the running slices; a test of the harness may end one of them. */
  readonly observe?: (slices: readonly RunningShare[]) => void;
}

/**
 * Runs one part of a fleet: in this thread while it is small, spread over worker threads when it is larger. Never throws for
 * the server; what could not be judged is in the result.
 */
export async function runShard(options: ShardOptions): Promise<ShardResult> {
  const { plan, part, project, progress, observe } = options;
  const startedAt = new Date().toISOString();
  const beganMs = monotonicMs();
  const span = rangeOfShard(part, plan.load.connections);
  const slices = startSlices(options, span, beganMs);
  observe?.(slices);
  const stopReporting = reportProgress(slices, span.count, progress);
  const results: readonly ShareResult[] = await Promise.all(slices.map(({ result }) => result));
  stopReporting();
  return {
    ...combined(span, results),
    format: 'fleet-part-1',
    part,
    project,
    load: plan.load,
    startedAt,
    durationMs: Math.round(monotonicMs() - beganMs),
    threads: slices.length,
    finished: true,
  };
}

function startSlices(
  { plan, part, identities, mostThreads = availableParallelism() }: ShardOptions,
  span: UserRange,
  beganMs: number,
): readonly RunningShare[] {
  const spans = spread(span, plan.load.connectionsPerWorker, mostThreads);
  const barrier = createBarrier(spans.length);
  const slices: RunningShare[] = [];
  const stopAll = (because: string): void => {
    for (const slice of slices) slice.stop(because);
  };
  const neighbours: ShareNeighbours = { arrive: () => barrier.arrive(), leave: () => barrier.leave(), stopAll };
  const run = spans.length === 1 ? shareHere : shareInThread;
  for (const each of spans) {
    const share = 1 / (spans.length * part.of);
    slices.push(run(plan, identities.of(each), { span: each, share, beganMs }, neighbours));
  }
  return slices;
}
