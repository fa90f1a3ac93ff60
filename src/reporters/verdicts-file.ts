import { existsSync, readFileSync } from 'node:fs';
import { environmentOf } from './inventory.ts';
import type { RunVerdicts } from './verdicts-reporter.ts';

/** Reads `reports/verdicts.json`; undefined when no run wrote one. */
export function readRun(file: string): RunVerdicts | undefined {
  if (!existsSync(file)) return undefined;
  const run: RunVerdicts = JSON.parse(readFileSync(file, 'utf8'));
  return run;
}

/** The projects of a run without their preflights, for titles: `twin`, or `core, proof, twin`. */
export function projectsOf({ projects }: RunVerdicts): string {
  return [...new Set(projects.map(({ name }) => environmentOf(String(name))))].join(', ');
}
