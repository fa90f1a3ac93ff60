import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import type { Case } from './cases.ts';
import type { CaseResult } from './case-result.ts';
import { resultsOf } from './case-result.ts';
import { SHORT_BUDGETS } from './proof-session.ts';
import type { ProvenTest } from './reporter.ts';

const OUTPUT = 'reports/proof-tests.json';

/**
 * Runs both layers of the cases by the compiled configuration, and judges what their tests left behind. Throws when they
 * left nothing.
 */
export async function runMatrix(config: string, cases: readonly Case[]): Promise<readonly CaseResult[]> {
  rmSync(OUTPUT, { force: true });
  const child = spawn('npx', ['playwright', 'test', '--config', config], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PW_DISABLE_TS_ESM: '1',
      ...SHORT_BUDGETS,
      PROOF: 'all',
      PROVE_ONLY: cases.map(({ name }) => name).join(','),
      PROVE_OUTPUT: OUTPUT,
    },
  });
  const [code] = await once(child, 'exit');
  if (!existsSync(OUTPUT)) {
    throw new Error(
      `The proof: expected results in ${OUTPUT}, found none; Playwright ended with ${code}. Its output above says why.`,
    );
  }
  const tests: readonly ProvenTest[] = JSON.parse(readFileSync(OUTPUT, 'utf8'));
  return resultsOf(cases, tests);
}
