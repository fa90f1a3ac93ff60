import { readFileSync } from 'node:fs';
import { isRed } from './test-verdicts.ts';
import type { TestVerdicts } from './test-verdicts.ts';

/** The suites of an environment: its project `staging-preflight`, `staging` or `staging-nightly`. */
export const SUITES = ['preflight', 'contract', 'nightly'] as const;

export type Suite = (typeof SUITES)[number];

/** `tests/inventory.json`: how many tests of each suite verify each requirement. */
export type Inventory = Readonly<Record<Suite, Readonly<Record<string, number>>>>;

/** Reads an inventory. */
export function readInventory(file: string): Inventory {
  const inventory: Inventory = JSON.parse(readFileSync(file, 'utf8'));
  return inventory;
}

/** What the gate looks at. */
export interface Gate {
  readonly tests: readonly TestVerdicts[];
  readonly inventory: Inventory;
  /** The projects of environments that the run judges. */
  readonly projects: readonly string[];
  /** The run must hold every declared test; otherwise a few were selected on purpose. */
  readonly isWhole: boolean;
  /** Known failures that are expired or unreadable, each as a sentence. */
  readonly staleKnownFailures: readonly string[];
}

/**
 * What a run cannot claim, one sentence each; empty when there is nothing. A run in which nothing was judged is always
 * refused; the other rules apply to whole runs only. Behind a preflight that failed nothing runs, and the preflight says why.
 */
export function inventoryProblems(gate: Gate): readonly string[] {
  const { tests, projects, isWhole, staleKnownFailures } = gate;
  if (tests.every(({ outcome }) => outcome === 'not run')) return [nothingRan(tests)];
  if (!isWhole) return [];
  const reached = projects.filter((project) => !isUnserved(tests, environmentOf(project)));
  const short = reached.flatMap((project) => shortOf(gate, project));
  return [...(short.length > 0 ? [tooFew(short)] : []), ...unjudged(tests), ...staleKnownFailures];
}

/** Whether the preflight of an environment failed. Where it is red and passes, somebody is served, and the contract runs. */
export function isUnserved(tests: readonly TestVerdicts[], environment: string): boolean {
  return tests.some((test) => test.project === `${environment}-preflight` && isRed(test) && test.status !== 'passed');
}

function nothingRan(tests: readonly TestVerdicts[]): string {
  const found = tests.length === 0 ? 'no test was found' : `all ${tests.length} tests were skipped or never started`;
  return `nothing was judged: expected at least one test to run, but ${found}`;
}

function shortOf({ tests, inventory }: Gate, project: string): readonly string[] {
  const ran = tests.filter((test) => test.project === project && test.outcome !== 'not run');
  return Object.entries(inventory[suiteOf(project)]).flatMap(([requirement, declared]) => {
    const found = ran.filter(({ requirements }) => requirements.includes(requirement)).length;
    return found >= declared ? [] : [`${project}, ${requirement}: expected ${declared} to run, found ${found}`];
  });
}

function tooFew(short: readonly string[]): string {
  return [
    'fewer tests ran than tests/inventory.json declares:',
    ...short.map((line) => `  ${line}`),
    'If they were removed on purpose, run "npm run inventory -- --write" and commit the file.',
  ].join('\n');
}

/** A test that carries a requirement and passed must have judged something. */
function unjudged(tests: readonly TestVerdicts[]): readonly string[] {
  return tests
    .filter(({ outcome, requirements, verdicts }) => {
      return outcome === 'passed' && requirements.length > 0 && verdicts.length === 0;
    })
    .map(
      ({ project, title }) =>
        `${project}, "${title}": expected at least one verdict, found none; a pass must be judged`,
    );
}

/** The environment that a project belongs to: `staging` for each of its suites. */
export function environmentOf(project: string): string {
  return project.replace(/-(?:preflight|nightly)$/, '');
}

/** The suite that a project runs. */
export function suiteOf(project: string): Suite {
  return SUITES.find((suite) => project.endsWith(`-${suite}`)) ?? 'contract';
}
