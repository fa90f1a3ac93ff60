import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { OWNERS, ownerOf } from '../checks/blame.ts';
import { escaped } from '../report/diagnosis-markdown.ts';
import { headline } from '../report/explain.ts';
import { span } from '../report/measures.ts';
import { summarize } from './metrics.ts';
import { withoutCommands } from './terminal-text.ts';
import type { Cause } from '../failures/causes.ts';
import { OUTCOMES, firstFinding, isRed, redByOwner } from './test-verdicts.ts';
import type { TestVerdicts } from './test-verdicts.ts';

const RECORDED = z.object({
  name: z.string(),
  timestamp: z.number(),
  testResults: z.record(z.string(), z.object({ fullName: z.string(), status: z.string() })),
});

/** One recorded run. `tests` maps the stable history id of a test to its title and status. */
export interface RecordedRun {
  readonly name: string;
  readonly atMs: number;
  readonly tests: ReadonlyMap<string, { readonly title: string; readonly status: string }>;
}

/** The runs of one name in Allure's `history.jsonl`, the oldest first; none when there is no such file. */
export function readRecordedRuns(file: string, name: string): readonly RecordedRun[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => recordedRun(JSON.parse(line)))
    .filter((run) => run.name === name);
}

function recordedRun(line: unknown): RecordedRun {
  const { name, timestamp, testResults } = RECORDED.parse(line);
  const tests = Object.entries(testResults).map(
    ([id, { fullName, status }]) => [id, { title: fullName, status }] as const,
  );
  return { name, atMs: timestamp, tests: new Map(tests) };
}

/** How a run differs from the one before: titles, sorted. */
export interface Changes {
  readonly regressed: readonly string[];
  readonly fixed: readonly string[];
  readonly added: readonly string[];
  readonly gone: readonly string[];
}

/** Compares two runs of one name. A test that failed or broke, and passed before, has regressed. */
export function changesBetween(before: RecordedRun, now: RecordedRun): Changes {
  const titles = (run: RecordedRun, isMeant: (status: string, id: string) => boolean): readonly string[] =>
    [...run.tests].flatMap(([id, { title, status }]) => (isMeant(status, id) ? [title] : [])).toSorted();
  const was = (id: string): string | undefined => before.tests.get(id)?.status;
  return {
    regressed: titles(now, (status, id) => isBad(status) && was(id) === 'passed'),
    fixed: titles(now, (status, id) => status === 'passed' && isBad(was(id) ?? '')),
    added: titles(now, (_, id) => was(id) === undefined),
    gone: titles(before, (_, id) => !now.tests.has(id)),
  };
}

/** The last run in which everything passed. */
export function lastGreen(runs: readonly RecordedRun[]): RecordedRun | undefined {
  return runs.findLast(({ tests }) => tests.size > 0 && [...tests.values()].every(({ status }) => status === 'passed'));
}

function isBad(status: string): boolean {
  return status === 'failed' || status === 'broken';
}

const MOST_TESTS = 20;

/** What the summary of a nightly run is made of. */
export interface NightlyReport {
  readonly projects: readonly string[];
  readonly isFit: boolean;
  readonly tests: readonly TestVerdicts[];
  readonly causes: readonly Cause[];
  /** The block that ends the run, line by line; empty where no run ended. */
  readonly block: readonly string[];
  /** What is wrong with the run itself. */
  readonly problems: readonly string[];
  /** Every recorded run of this name, this one included, the oldest first. */
  readonly recorded: readonly RecordedRun[];
}

/** The summary as Markdown: fit or not, red tests by blame, what changed, the worst latencies, the last green run. */
export function nightlySummary(report: NightlyReport): string {
  const { projects, isFit, problems, block } = report;
  return [
    `# ${projects.join(' and ')}: ${isFit ? 'fit' : 'not fit'}`,
    block.length === 0 ? '' : fenced(block.join('\n')),
    problems.length === 0 ? '' : ['The run itself:', ...problems.map(fenced)].join('\n\n'),
    outcomes(report),
    redTests(report),
    changes(report),
    latencies(report),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');
}

function outcomes({ tests, recorded }: NightlyReport): string {
  const counts = OUTCOMES.map((outcome) => tests.filter((test) => test.outcome === outcome).length);
  const green = lastGreen(recorded);
  const last = green === undefined ? `none of ${recorded.length} recorded runs` : new Date(green.atMs).toISOString();
  return [table(['tests', ...OUTCOMES], [[tests.length, ...counts]]), '', `Last green: ${last}`].join('\n');
}

function redTests({ tests, causes }: NightlyReport): string {
  const red = tests.filter(isRed);
  if (red.length === 0) return '';
  const counts = redByOwner(tests, causes);
  const owners = OWNERS.filter((owner) => counts.has(owner));
  const rows = owners.map((owner) => [owner, counts.get(owner) ?? 0, ownerOf(owner)]);
  const lines = red.slice(0, MOST_TESTS).map((test) => `- ${escaped(test.title)}: ${reasonOf(test)}`);
  const rest = red.length > MOST_TESTS ? [`- … and ${red.length - MOST_TESTS} more, in the report`] : [];
  return [table(['owner', 'red tests', 'who has to look'], rows), '', ...lines, ...rest].join('\n');
}

function reasonOf({ verdicts, errors, outcome }: TestVerdicts): string {
  const first = firstFinding(verdicts);
  return first === undefined ? escaped(oneLine(errors[0] ?? outcome)) : headline(first.check, first.finding);
}

function changes({ recorded }: NightlyReport): string {
  const [before, now] = recorded.slice(-2);
  if (before === undefined || now === undefined) return '';
  const since = `since ${new Date(before.atMs).toISOString()}`;
  const { regressed, fixed, added, gone } = changesBetween(before, now);
  const changed = Object.entries({ regressed, fixed, new: added, gone }).filter(([, titles]) => titles.length > 0);
  if (changed.length === 0) return `No test changed ${since}.`;
  return [
    `Changed ${since}:`,
    '',
    ...changed.flatMap(([word, titles]) => titles.map((title) => `- ${word}: ${title}`)),
  ].join('\n');
}

function latencies({ tests }: NightlyReport): string {
  const rows = summarize(tests.flatMap((test) => test.latencies ?? [])).map(({ latency, samples, p50, p95, worst }) => [
    latency,
    samples,
    ...[p50, p95, worst].map(span),
  ]);
  return rows.length === 0 ? '' : table(['latency', 'samples', 'p50', 'p95', 'worst'], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function fenced(text: string): string {
  return ['```text', withoutCommands(text.trim().replaceAll('```', "'''")), '```'].join('\n');
}

function oneLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
