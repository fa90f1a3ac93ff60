import { availableParallelism } from 'node:os';
import { monotonicMs } from '../client/connect.ts';
import { createBarrier } from './barrier.ts';
import type { FleetIdentities } from './identity-feed.ts';
import { spread } from './identity-feed.ts';
import type { PartResult, SliceResult } from './part-result.ts';
import { combined } from './combine-slices.ts';
import type { FleetPlan } from './plan.ts';
import { reportProgress } from './report-progress.ts';
import type { RunningSlice, SliceNeighbours } from './running-slice.ts';
import { sliceHere } from './slice-here.ts';
import { sliceInThread } from './slice-in-thread.ts';
import type { Part, Span } from './span.ts';
import { spanOf } from './span.ts';

/** One part of a fleet, to be run by this process. */
export interface PartOptions {
  readonly plan: FleetPlan;
  readonly part: Part;
  readonly project: string;
  readonly identities: FleetIdentities;
  /** Takes a line of progress now and then. */
  readonly progress: (line: string) => void;
  /** Default: one per core. */
  readonly mostThreads?: number;
  /** Called with the running slices; a test of the harness may end one of them. */
  readonly observe?: (slices: readonly RunningSlice[]) => void;
}

/**
 * Runs one part of a fleet: in this thread while it is small, spread over worker threads when it is larger. Never throws for
 * the server; what could not be judged is in the result.
 */
export async function runPart(options: PartOptions): Promise<PartResult> {
  const { plan, part, project, progress, observe } = options;
  const startedAt = new Date().toISOString();
  const beganMs = monotonicMs();
  const span = spanOf(part, plan.load.connections);
  const slices = startSlices(options, span, beganMs);
  observe?.(slices);
  const stopReporting = reportProgress(slices, span.count, progress);
  const results: readonly SliceResult[] = await Promise.all(slices.map(({ result }) => result));
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
  { plan, part, identities, mostThreads = availableParallelism() }: PartOptions,
  span: Span,
  beganMs: number,
): readonly RunningSlice[] {
  const spans = spread(span, plan.load.connectionsPerWorker, mostThreads);
  const barrier = createBarrier(spans.length);
  const slices: RunningSlice[] = [];
  const stopAll = (because: string): void => {
    for (const slice of slices) slice.stop(because);
  };
  const neighbours: SliceNeighbours = { arrive: () => barrier.arrive(), leave: () => barrier.leave(), stopAll };
  const run = spans.length === 1 ? sliceHere : sliceInThread;
  for (const each of spans) {
    const share = 1 / (spans.length * part.of);
    slices.push(run(plan, identities.of(each), { span: each, share, beganMs }, neighbours));
  }
  return slices;
}
