import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { Inventory, Suite } from '../src/reporters/inventory.ts';
import { SUITES, readInventory, suiteOf } from '../src/reporters/inventory.ts';
import { REQUIREMENTS } from '../tests/requirements.ts';

/*
 * npm run inventory: lists every test once, and checks two things. Titles are unique over the whole suite. And
 * tests/inventory.json, how many tests verify each requirement, agrees with the specs: a nightly run must hold as many. With
 * --write it writes that file, so that a removed test shows in a review.
 */
const FILE = 'tests/inventory.json';

/** Requirements are counted in the suites of one environment; the same specs run in all of them. */
const COUNTED = ['twin-preflight', 'twin', 'twin-nightly'];

/** A test as `playwright test --list` knows it. */
interface ListedTest {
  readonly title: string;
  readonly file: string;
  readonly project: string;
  readonly annotations: readonly { readonly type: string; readonly description?: string }[];
}

interface ListedSuite {
  readonly specs?: readonly Spec[];
  readonly suites?: readonly ListedSuite[];
}

interface Spec {
  readonly title: string;
  readonly file: string;
  readonly tests: readonly { readonly projectName: string; readonly annotations: ListedTest['annotations'] }[];
}

/** Every test that the selected projects hold, without running any. Throws when a spec does not load. */
function listTests(projects: readonly string[] = []): readonly ListedTest[] {
  const selected = projects.map((project) => `--project=${project}`);
  const listing = execFileSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--list', '--reporter=json', ...selected],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  const { suites }: { readonly suites: readonly ListedSuite[] } = JSON.parse(listing);
  return suites.flatMap(testsOf);
}

function testsOf({ specs = [], suites = [] }: ListedSuite): readonly ListedTest[] {
  const own = specs.flatMap(({ title, file, tests }) =>
    tests.map(({ projectName, annotations }) => ({ title, file, project: projectName, annotations })),
  );
  return [...own, ...suites.flatMap(testsOf)];
}

/** Prints a problem, and makes the script end with 1. */
function complain(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}

/**
 * Allure files tests that never started by title alone, so of two with one title one would vanish from the report. The
 * contract runs under several projects; there the file makes the difference.
 */
function checkTitles(tests: readonly ListedTest[]): void {
  const files = new Map<string, Set<string>>();
  for (const { title, file } of tests) files.set(title, (files.get(title) ?? new Set()).add(file));
  const clashes = [...files].filter(([, where]) => where.size > 1);
  for (const [title, where] of clashes) complain(`Not unique: "${title}" in ${[...where].join(', ')}. Rename one.`);
  console.log(`${files.size} titles, ${clashes.length} clashes`);
}

/** How many tests of a suite verify each requirement that it verifies at all. */
function countsOf(tests: readonly ListedTest[], suite: Suite): Readonly<Record<string, number>> {
  const verified = tests
    .filter(({ project }) => suiteOf(project) === suite)
    .flatMap(({ annotations }) =>
      annotations.flatMap(({ type, description }) => (type === 'tms' ? [description] : [])),
    );
  const counts = Object.keys(REQUIREMENTS).map((id) => [id, verified.filter((other) => other === id).length] as const);
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

function checkInventory(found: Inventory): void {
  const inventory = readInventory(FILE);
  for (const suite of SUITES) {
    for (const id of new Set([...Object.keys(inventory[suite]), ...Object.keys(found[suite])])) {
      const [declared, counted] = [inventory[suite][id] ?? 0, found[suite][id] ?? 0];
      if (declared === counted) continue;
      const hint = 'if that is meant: npm run inventory -- --write';
      complain(`${FILE}: ${suite}, ${id}: declared ${declared} tests, found ${counted}; ${hint}`);
    }
  }
  for (const id of Object.keys(REQUIREMENTS)) {
    if (SUITES.some((suite) => found[suite][id] !== undefined)) continue;
    complain(`${id}: expected at least one test that verifies it, found none`);
  }
}

const tests = listTests(['core', 'proof', 'twin', 'twin-nightly']);
const counted = tests.filter(({ project }) => COUNTED.includes(project));
const found: Inventory = {
  preflight: countsOf(counted, 'preflight'),
  contract: countsOf(counted, 'contract'),
  nightly: countsOf(counted, 'nightly'),
};
checkTitles(tests);
if (process.argv.includes('--write')) writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
else checkInventory(found);
console.log(`${counted.length} tests, ${Object.keys(REQUIREMENTS).length} requirements`);
