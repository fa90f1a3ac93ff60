import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRun } from './verdicts-file.ts';

/*
 * The history of runs must hold each run once, however often its report is drawn. A run is known by the moment at which it
 * started, which it wrote to `verdicts.json`.
 */

/** Whether the last run is in the history already. A run that cannot be told from others is not. */
export function isRecorded(reports: string): boolean {
  const marker = markerIn(reports);
  const run = runIn(reports);
  return run !== undefined && existsSync(marker) && readFileSync(marker, 'utf8') === run;
}

/** Remembers that the last run is in the history. */
export function markRecorded(reports: string): void {
  mkdirSync(join(reports, 'allure-history'), { recursive: true });
  writeFileSync(markerIn(reports), runIn(reports) ?? '');
}

function markerIn(reports: string): string {
  return join(reports, 'allure-history', 'last-recorded.txt');
}

function runIn(reports: string): string | undefined {
  return readRun(join(reports, 'verdicts.json'))?.startedAt;
}
