import { existsSync, readFileSync } from 'node:fs';
import type { RunVerdicts } from './verdicts-reporter.ts';

/** Reads `reports/verdicts.json`; undefined when no run wrote one. */
export function readRun(file: string): RunVerdicts | undefined {
  if (!existsSync(file)) return undefined;
  const run: RunVerdicts = JSON.parse(readFileSync(file, 'utf8'));
  return run;
}
