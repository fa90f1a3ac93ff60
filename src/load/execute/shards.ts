import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FleetLoad } from '../../../env/fleet.ts';
import type { ShardResult } from '../observe/fleet-result.ts';
import type { Shard } from '../observe/user-range.ts';
import { rangeOfShard } from '../observe/user-range.ts';

/** Set by `fixtures/global-setup.ts` for the workers of one run; not meant to be set by people. */
export const SHARDS_VARIABLE = 'E2E_FLEET_PARTS';

/**
 * The parts of a fleet: one per Playwright shard, each a test of its own. Which members a test runs follows from its part,
 * not from the shard that happens to run it, so nobody is left out or run twice.
 */
export function fleetShards(): readonly Shard[] {
  const of = Number(process.env[SHARDS_VARIABLE] ?? '1');
  return Array.from({ length: of }, (_, index) => ({ current: index + 1, of }));
}

/** Where a part of a fleet leaves its result, for `scripts/merge-shards.ts`. */
export function shardFile(project: string, { current, of }: Shard): string {
  return `${process.env['REPORTS_FOLDER'] ?? 'reports'}/fleet-${project}-${current}-of-${of}.json`;
}

/** Writes the result of a part, or what is known of it before it finished. */
export async function writeShard(result: ShardResult): Promise<string> {
  const path = shardFile(result.project, result.part);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(result));
  return path;
}

/** Reads a result back. Throws when the file holds something else. */
export async function readShard(path: string): Promise<ShardResult> {
  const found: ShardResult = JSON.parse(await readFile(path, 'utf8'));
  if (found.format !== 'fleet-part-1') {
    throw new Error(
      `${path}: expected the result of a part of a fleet (format fleet-part-1). Give reports/fleet-*-of-*.json.`,
    );
  }
  return found;
}

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
