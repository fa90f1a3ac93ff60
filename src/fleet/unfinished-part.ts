import type { FleetLoad } from './load.ts';
import type { PartResult } from './part-result.ts';
import type { Part } from './span.ts';
import { spanOf } from './span.ts';

/** What is left of a part that dies before it finishes: who should have been judged. */
export function unfinishedPart(load: FleetLoad, part: Part, project: string): PartResult {
  return {
    format: 'fleet-part-1',
    part,
    project,
    load,
    span: spanOf(part, load.connections),
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
