import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FullResult } from '@playwright/test/reporter';
import { z } from 'zod';
import { worksIn } from '../failures/causes.ts';
import type { Cause } from '../failures/causes.ts';
import type { Lasting, RunAtItsEnd } from '../report/cause-block.ts';
import { isRed, judgedTest } from './test-verdicts.ts';
import type { RunTests } from './test-verdicts.ts';

/** How a run ended, and what went wrong outside of its tests. */
export interface Ending {
  readonly status: FullResult['status'];
  readonly durationMs: number;
  readonly errors: readonly string[];
  readonly lasting: ReadonlyMap<string, Lasting> | undefined;
}

/** What the block that ends a run is made of. */
export function runAtItsEnd(tests: RunTests, { status, durationMs, errors, lasting }: Ending): RunAtItsEnd {
  const all = tests.all();
  const count = (outcome: string): number => all.filter((test) => test.outcome === outcome).length;
  return {
    causes: tests.causes(),
    tests: all.length,
    red: all.filter(isRed).length,
    interrupted: count('interrupted'),
    notRun: count('not run'),
    errors,
    status,
    durationMs,
    works: worksIn(all.map(judgedTest)),
    ...(lasting !== undefined && { lasting }),
  };
}

const KNOWN = z.record(z.string(), z.record(z.string(), z.object({ runs: z.number(), since: z.string() })));

/**
 * Follows the causes of runs of the same projects in `allure-history/causes.json`, which is kept from night to night: says how
 * long each cause of this run has lasted, and remembers it. `undefined` where no run of these projects is known before.
 */
export function followCauses(
  reports: string,
  projects: readonly string[],
  causes: readonly Cause[],
  startedAt: string,
): ReadonlyMap<string, Lasting> | undefined {
  const file = join(reports, 'allure-history', 'causes.json');
  const known = existsSync(file) ? KNOWN.parse(JSON.parse(readFileSync(file, 'utf8'))) : {};
  const key = projects.toSorted().join(' ');
  const before = known[key];
  const lasting = new Map(
    causes.map(({ id }) => {
      const { runs, since } = before?.[id] ?? { runs: 0, since: startedAt };
      return [id, { runs: runs + 1, since }] as const;
    }),
  );
  mkdirSync(join(reports, 'allure-history'), { recursive: true });
  writeFileSync(file, JSON.stringify({ ...known, [key]: Object.fromEntries(lasting) }, null, 1));
  return before === undefined ? undefined : lasting;
}
