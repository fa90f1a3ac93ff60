import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf, inventoryProblems, isUnserved, readInventory, suiteOf } from '../src/reporters/inventory.ts';
import { nightlySummary, readRecordedRuns } from '../src/reporters/nightly-summary.ts';
import { readRun, reportName, whyUnfinished } from '../src/reporters/verdicts-reporter.ts';
import { writeRun } from '../src/reporters/allure-run.ts';
import type { RunVerdicts } from '../src/reporters/verdicts-reporter.ts';

/*
 * npm run nightly [-- PROJECT… [--ARGUMENT…]]: the projects (by default contract and night of staging) behind their
 * preflight, the report with its history, and a summary. Where the preflight finds that nobody is served, only what needs no
 * connection is judged. Exits with 0 only if Playwright does, every declared test was judged, and the report was written.
 */
const given = process.argv.slice(2);
const firstOption = given.findIndex((argument) => argument.startsWith('-'));
const named = firstOption === -1 ? given : given.slice(0, firstOption);
const more = given.slice(named.length);
const projects = named.length > 0 ? named : ['staging', 'staging-nightly'];
const reports = process.env['REPORTS_FOLDER'] ?? 'reports';
const verdicts = join(reports, 'verdicts.json');
const results = join(reports, 'allure-results');

const NO_RUN =
  'Playwright ended before it could say what it ran: a project that does not exist, or a configuration that does not load. See its output.';

function node(script: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  const { status } = spawnSync(process.execPath, [script, ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

const preflights = [...new Set(projects.map((project) => `${environmentOf(project)}-preflight`))];

function playwright(args: readonly string[], env: Readonly<Record<string, string>> = {}): number {
  return node('node_modules/@playwright/test/cli.js', ['test', ...args], env);
}

function selecting(selected: readonly string[]): readonly string[] {
  return selected.map((project) => `--project=${project}`);
}

/** The tests of a contract that connect to nothing, and the preflight, which says why nothing more is judged. */
const WITHOUT_CONNECTION = '@http|@preflight';

/** Tries the preflight by itself, and says what is worth running behind it. */
function selectionBehindPreflight(): readonly string[] {
  const folder = join(reports, 'preflight');
  rmSync(folder, { recursive: true, force: true });
  playwright(selecting(preflights), { REPORTS_FOLDER: folder });
  const tests = readRun(join(folder, 'verdicts.json'))?.tests ?? [];
  if (!projects.some((project) => isUnserved(tests, environmentOf(project)))) return selecting(projects);
  const contracts = projects.filter((project) => suiteOf(project) === 'contract');
  return [...selecting([...preflights, ...contracts]), '--no-deps', `--grep=${WITHOUT_CONNECTION}`];
}

/** What the run's own verdicts do not show, whatever Playwright said. */
function problemsOf(run: RunVerdicts | undefined): readonly string[] {
  if (run === undefined) return [NO_RUN];
  const unfinished = whyUnfinished(run);
  if (unfinished !== undefined) return [unfinished];
  if (run.errors.length > 0) return run.errors;
  return inventoryProblems({
    tests: run.tests,
    inventory: readInventory('tests/inventory.json'),
    projects: [...preflights, ...projects],
    isWhole: true,
    staleKnownFailures: [],
  });
}

mkdirSync(reports, { recursive: true });
rmSync(verdicts, { force: true });
rmSync(results, { recursive: true, force: true });
const startMs = Date.now();
const tested = playwright([...selectionBehindPreflight(), ...more], { WHOLE_RUN: '1', GITHUB_STEP_SUMMARY: '' });
const run = readRun(verdicts);
if (run === undefined) {
  const nothing = { environments: [], builds: new Map(), tests: [], block: [] };
  writeRun(results, { ...nothing, startMs, stopMs: Date.now(), problems: [NO_RUN] });
}
const reported = node('node_modules/tsx/dist/cli.mjs', ['scripts/report.ts']);
const problems = [...problemsOf(run), ...(reported === 0 ? [] : ['the report could not be drawn'])];
const isFit = tested === 0 && problems.length === 0;
const recorded = readRecordedRuns(join(reports, 'allure-history', 'history.jsonl'), reportName(run));
const summary = nightlySummary({
  projects,
  isFit,
  tests: run?.tests ?? [],
  causes: run?.causes ?? [],
  block: run?.block ?? [],
  problems,
  recorded,
});
writeFileSync(join(reports, 'summary.md'), summary);
const stepSummary = process.env['GITHUB_STEP_SUMMARY'];
if (stepSummary !== undefined) appendFileSync(stepSummary, summary);
console.log(`\n${summary}`);
process.exitCode = isFit ? 0 : 1;
