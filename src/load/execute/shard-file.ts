import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ShardResult } from './shard-result.ts';
import type { Shard } from './user-range.ts';

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
