import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PartResult } from './part-result.ts';
import type { Part } from './span.ts';

/** Where a part of a fleet leaves its result, for `scripts/merge-shards.ts`. */
export function partFile(project: string, { current, of }: Part): string {
  return `${process.env['REPORTS_FOLDER'] ?? 'reports'}/fleet-${project}-${current}-of-${of}.json`;
}

/** Writes the result of a part, or what is known of it before it finished. */
export async function writePart(result: PartResult): Promise<string> {
  const path = partFile(result.project, result.part);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, JSON.stringify(result));
  return path;
}

/** Reads a result back. Throws when the file holds something else. */
export async function readPart(path: string): Promise<PartResult> {
  const found: PartResult = JSON.parse(await readFile(path, 'utf8'));
  if (found.format !== 'fleet-part-1') {
    throw new Error(
      `${path}: expected the result of a part of a fleet (format fleet-part-1). Give reports/fleet-*-of-*.json.`,
    );
  }
  return found;
}
