import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { FleetLoad } from '../../../env/fleet.ts';
import type { ShardResult } from '../observe/fleet-result.ts';
import { SHARD_FORMAT } from '../observe/fleet-result.ts';
import type { Shard } from '../observe/user-range.ts';
import { rangeOfShard } from '../observe/user-range.ts';

/** Set by `fixtures/global-setup.ts` for the workers of one run; not meant to be set by people. */
export const SHARDS_VARIABLE = 'E2E_FLEET_SHARDS';

/**
 * The shards of a fleet: one per Playwright shard, each a test of its own. Which virtual users a test runs follows from its
 * number, not from the Playwright shard that happens to run it, so that each user is run exactly once.
 */
export function fleetShards(): readonly Shard[] {
  const of = Number(process.env[SHARDS_VARIABLE] ?? '1');
  return Array.from({ length: of }, (_, index) => ({ current: index + 1, of }));
}

/** Writes the result of a shard, or what is known of it before it finished, for `scripts/merge-shards.ts`. */
export async function writeShard(result: ShardResult): Promise<string> {
  const { current, of } = result.shard;
  const folder = process.env['REPORTS_FOLDER'] ?? 'reports';
  const path = `${folder}/fleet-${result.project}-${current}-of-${of}.json`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(result));
  return path;
}

/** Reads a result back. Throws when the file holds something else. */
export async function readShard(path: string): Promise<ShardResult> {
  const found: { readonly format?: unknown } = JSON.parse(await readFile(path, 'utf8'));
  if (isShardResult(found)) return found;
  throw new Error(
    `${path}: expected the result of a shard of a fleet (format ${SHARD_FORMAT}), found format ${JSON.stringify(found.format)}. Give reports/fleet-*-of-*.json of a run of this version.`,
  );
}

function isShardResult(found: { readonly format?: unknown }): found is ShardResult {
  return found.format === SHARD_FORMAT;
}

/** What is left of a shard that ends before it finishes: which virtual users should have been judged. */
export function unfinishedShard(load: FleetLoad, shard: Shard, project: string): ShardResult {
  return {
    format: SHARD_FORMAT,
    shard,
    project,
    load,
    range: rangeOfShard(shard, load.connections),
    startedAt: new Date().toISOString(),
    durationMs: 0,
    threads: 0,
    finished: false,
    users: [],
    latencies: {},
    lag: {},
    lagWindows: [],
    kept: [],
    unjudged: [],
    stopped: [],
  };
}
