import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment } from 'allure-js-commons';
import { FileSystemWriter } from 'allure-js-commons/sdk/reporter';
import { csvOf } from '../report/csv.ts';
import { factsOfRun, settingsOf } from './environment-facts.ts';
import { latencyMetrics } from './latency-metrics.ts';
import { summarize } from './latency-summary.ts';
import { runResult } from './run-result.ts';
import type { TestVerdicts } from './test-verdicts.ts';

/** What is known of a run at its end. Times are epoch milliseconds. */
export interface RunSummary {
  readonly startMs: number;
  readonly stopMs: number;
  readonly problems: readonly string[];
  readonly environments: readonly string[];
  readonly builds: ReadonlyMap<string, string>;
  readonly tests: readonly TestVerdicts[];
}

/** Writes to Allure's results what concerns the run as a whole: a test of its own, the environment, the latencies. */
export function writeRun(resultsDir: string, run: RunSummary): void {
  mkdirSync(resultsDir, { recursive: true });
  const writer = new FileSystemWriter({ resultsDir });
  const attachments = run.environments.flatMap((environment) => writeSettings(resultsDir, environment));
  writer.writeResult(runResult({ ...run, attachments }));
  writer.writeEnvironmentInfo({ ...factsOfRun(run.environments, run.builds) });
  const latencies = summarize(run.tests.flatMap((test) => test.latencies ?? []));
  const metrics = latencyMetrics(latencies, run.startMs, run.stopMs);
  if (metrics.length > 0) writeFileSync(join(resultsDir, 'latencies-perf.json'), JSON.stringify(metrics));
}

/** Settings as CSV, which the report draws as a table; nothing when they are not valid. */
function writeSettings(resultsDir: string, environment: string): readonly Attachment[] {
  const source = `settings-${environment}-attachment.csv`;
  const settings = Object.entries(settingsOf(environment));
  if (settings.length === 0) return [];
  writeFileSync(join(resultsDir, source), csvOf([['setting', 'value'], ...settings]));
  return [{ name: `settings of ${environment}`, source, type: 'text/csv' }];
}
