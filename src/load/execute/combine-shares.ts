import { mergeByName } from '../observe/histograms.ts';
import type { ShardResult, ShareResult } from './shard-result.ts';
import { LATENCY_METRICS } from '../observe/latency-metrics.ts';
import type { UserRange } from './user-range.ts';

type Combined = Pick<
  ShardResult,
  'span' | 'members' | 'phases' | 'lag' | 'lagWindows' | 'kept' | 'unjudged' | 'stopped'
>;

/** The results of several slices as one: members in order, distributions merged. */
export function combined(span: UserRange, slices: readonly ShareResult[]): Combined {
  return {
    span,
    members: slices.flatMap(({ members }) => members).toSorted((a, b) => a.number - b.number),
    phases: mergeByName(
      LATENCY_METRICS,
      slices.map(({ phases }) => phases),
    ),
    lag: mergeByName(
      LATENCY_METRICS,
      slices.map(({ lag }) => lag),
    ),
    lagWindows: slices.flatMap(({ lagWindows }) => lagWindows).toSorted((a, b) => a.atMs - b.atMs),
    kept: slices.flatMap(({ kept }) => kept).toSorted((a, b) => a.number - b.number),
    unjudged: slices.flatMap(({ unjudged }) => unjudged),
    stopped: [...new Set(slices.flatMap(({ stopped }) => stopped ?? []))],
  };
}
