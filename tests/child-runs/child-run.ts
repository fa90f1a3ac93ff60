import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunVerdicts } from '../../src/reporters/verdicts-reporter.ts';

/** A finished run of the suite in a process of its own. */
export interface ChildRun {
  readonly exitCode: number;
  /** Standard output and standard error, in the order of arrival. */
  readonly output: string;
  /** Where its reports are. */
  readonly reports: string;
  /** What it wrote to `verdicts.json`; `undefined` when it wrote none. */
  readonly verdicts: RunVerdicts | undefined;
}

/** What a child inherits of the environment: enough to start Node, nothing that selects a target. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG'];

/** Runs `npx playwright test` with these arguments and variables; its reports go to a folder of its own. */
export function runSuite(
  reports: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<ChildRun> {
  const inherited = Object.fromEntries(INHERITED.flatMap((name) => [[name, process.env[name] ?? '']]));
  const environment = { ...inherited, ...variables, REPORTS_FOLDER: reports };
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['node_modules/@playwright/test/cli.js', 'test', ...args],
      { env: environment, maxBuffer: 64 * 1024 * 1024 },
      () =>
        resolve({ exitCode: child.exitCode ?? -1, output: output.join(''), reports, verdicts: verdictsIn(reports) }),
    );
    const output: string[] = [];
    child.stdout?.on('data', (chunk: string) => output.push(chunk));
    child.stderr?.on('data', (chunk: string) => output.push(chunk));
  });
}

/** What a run wrote to `verdicts.json` in the folder of its reports; `undefined` when it wrote none. */
export function verdictsIn(reports: string): RunVerdicts | undefined {
  const path = join(reports, 'verdicts.json');
  if (!existsSync(path)) return undefined;
  const verdicts: RunVerdicts = JSON.parse(readFileSync(path, 'utf8'));
  return verdicts;
}
