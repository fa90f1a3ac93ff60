import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import type { ProvenTest } from '../../reporters/proof-reporter.ts';
import { SHORT_BUDGETS } from '../short-budgets.ts';

const OUTPUT = 'reports/proof-tests.json';

/**
 * Runs both layers of the named cases, or of all where no name is given, by the compiled configuration, and returns what
 * their tests left behind. Throws when they left nothing.
 */
export async function runMatrix(config: string, names: readonly string[]): Promise<readonly ProvenTest[]> {
  rmSync(OUTPUT, { force: true });
  const child = spawn('npx', ['playwright', 'test', '--config', config], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PW_DISABLE_TS_ESM: '1',
      ...SHORT_BUDGETS,
      PROOF: 'all',
      PROVE_ONLY: names.join(','),
      PROVE_OUTPUT: OUTPUT,
    },
  });
  const [code] = await once(child, 'exit');
  if (!existsSync(OUTPUT)) {
    throw new Error(
      `The proof: expected results in ${OUTPUT}, found none; Playwright ended with ${code}. See above why.`,
    );
  }
  const tests: readonly ProvenTest[] = JSON.parse(readFileSync(OUTPUT, 'utf8'));
  return tests;
}
