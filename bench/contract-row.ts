import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';

const FOLDER = 'reports/bench/empty';
const MOST_ROUNDS = 3;
const TWIN_WAITS_S = 3;

/** The whole contract project on the twin against `npx playwright test` with one empty test, plus the waits by definition. */
export async function contractRow({ rounds }: BenchOptions): Promise<Row> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(`${FOLDER}/empty.config.ts`, `export default { testDir: '.', reporter: 'line' };\n`);
  await writeFile(`${FOLDER}/empty.spec.ts`, `import { test } from '@playwright/test';\ntest('nothing', () => {});\n`);
  const taken = { empty: [] as number[], contract: [] as number[] };
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    taken.empty.push((await seconds(['-c', `${FOLDER}/empty.config.ts`])) + TWIN_WAITS_S);
    taken.contract.push(await seconds(['--project=twin']));
  }
  const ratio = spreadOf(ratios(taken.contract, taken.empty));
  return {
    what: 'the whole contract project on the twin (s)',
    against: `one empty test, and ${TWIN_WAITS_S} s of waits by definition`,
    reach: 'at most 2',
    ours: shown(spreadOf(taken.contract), 1),
    theirs: shown(spreadOf(taken.empty), 1),
    ratio,
    holds: ratio.median <= 2,
    raw: taken,
  };
}

async function seconds(given: readonly string[]): Promise<number> {
  const startMs = performance.now();
  const env = { ...process.env, REPORTS_FOLDER: 'reports/bench/contract' };
  await promisify(execFile)('npx', ['playwright', 'test', ...given], { maxBuffer: 2 ** 28, env });
  return (performance.now() - startMs) / 1000;
}
