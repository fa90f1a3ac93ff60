import type { RunVerdicts } from './verdicts-reporter.ts';

/**
 * The name of a run's report, such as `WebSocket end-to-end: staging`. Runs of one name are one series in the history.
 */
export function reportName(run: RunVerdicts | undefined): string {
  const projects = new Set((run?.projects ?? []).map(({ name }) => String(name).replace(/-preflight$/, '')));
  return ['WebSocket end-to-end', [...projects].join(', ')].filter((part) => part !== '').join(': ');
}
