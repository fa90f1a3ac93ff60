import type { FleetLoad } from './load.ts';
import type { ShardResult } from './shard-result.ts';
import type { Shard } from './user-range.ts';
import { rangeOfShard } from './user-range.ts';

/** What is left of a part that dies before it finishes: who should have been judged. */
export function unfinishedShard(load: FleetLoad, part: Shard, project: string): ShardResult {
  return {
    format: 'fleet-part-1',
    part,
    project,
    load,
    span: rangeOfShard(part, load.connections),
    startedAt: new Date().toISOString(),
    durationMs: 0,
    threads: 0,
    finished: false,
    members: [],
    phases: {},
    lag: {},
    lagWindows: [],
    kept: [],
    unjudged: [],
    stopped: [],
  };
}
