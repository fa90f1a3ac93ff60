import { writeFileSync } from 'node:fs';
import { readInventory } from '../src/reporters/inventory.ts';
import { REQUIREMENTS } from '../tests/requirements.ts';
import { listTests } from './listed-tests.ts';

/*
 * npm run inventory: compares tests/inventory.json, how many tests verify each requirement, with the specs. A nightly run
 * must hold as many. With --write it writes the file, so that a removed test shows in a review.
 */
const FILE = 'tests/inventory.json';

const verified = listTests(['twin']).flatMap(({ annotations }) =>
  annotations.flatMap(({ type, description }) => (type === 'tms' ? [description] : [])),
);
const found = Object.fromEntries(
  Object.keys(REQUIREMENTS).map((id) => [id, verified.filter((other) => other === id).length]),
);

if (process.argv.includes('--write')) {
  writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
} else {
  const declared = readInventory(FILE);
  const ids = [...new Set([...Object.keys(declared), ...Object.keys(found)])];
  const wrong = ids.filter((id) => declared[id] !== found[id]);
  for (const id of wrong) {
    console.error(`${FILE}: ${id}: declared ${declared[id] ?? 'nothing'}, found ${found[id] ?? 'no such requirement'}`);
  }
  if (wrong.length > 0) console.error('If that is meant: npm run inventory -- --write');
  const untested = ids.filter((id) => found[id] === 0);
  for (const id of untested) console.error(`${id}: expected at least one test that verifies it, found none`);
  process.exitCode = wrong.length + untested.length === 0 ? 0 : 1;
}
console.log(`${verified.length} tests verify ${Object.keys(found).length} requirements`);
