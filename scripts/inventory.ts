import { writeFileSync } from 'node:fs';
import type { Inventory, Suite } from '../src/reporters/inventory.ts';
import { SUITES, readInventory, suiteOf } from '../src/reporters/inventory.ts';
import { REQUIREMENTS } from '../tests/requirements.ts';
import { listTests } from './listed-tests.ts';

/*
 * npm run inventory: compares tests/inventory.json, how many tests verify each requirement, with the specs. A nightly run
 * must hold as many. With --write it writes the file, so that a removed test shows in a review.
 */
const FILE = 'tests/inventory.json';

const tests = listTests(['twin', 'twin-nightly']);

/** How many tests of a suite verify each requirement that it verifies at all. */
function countsOf(suite: Suite): Readonly<Record<string, number>> {
  const verified = tests
    .filter(({ project }) => suiteOf(project) === suite)
    .flatMap(({ annotations }) =>
      annotations.flatMap(({ type, description }) => (type === 'tms' ? [description] : [])),
    );
  const counts = Object.keys(REQUIREMENTS).map((id) => [id, verified.filter((other) => other === id).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

const found: Inventory = {
  preflight: countsOf('preflight'),
  contract: countsOf('contract'),
  nightly: countsOf('nightly'),
};

if (process.argv.includes('--write')) {
  writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
} else {
  const declared = readInventory(FILE);
  for (const suite of SUITES) {
    const ids = new Set([...Object.keys(declared[suite]), ...Object.keys(found[suite])]);
    for (const id of ids) complain(suite, id, declared[suite][id] ?? 0, found[suite][id] ?? 0);
  }
  for (const id of Object.keys(REQUIREMENTS)) {
    if (SUITES.some((suite) => found[suite][id] !== undefined)) continue;
    console.error(`${id}: expected at least one test that verifies it, found none`);
    process.exitCode = 1;
  }
}
console.log(`${tests.length} tests, ${Object.keys(REQUIREMENTS).length} requirements`);

function complain(suite: Suite, id: string, declared: number, counted: number): void {
  if (declared === counted) return;
  const hint = 'if that is meant: npm run inventory -- --write';
  console.error(`${FILE}: ${suite}, ${id}: declared ${declared} tests, found ${counted}; ${hint}`);
  process.exitCode = 1;
}
