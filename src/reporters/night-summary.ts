import { BLAMES } from '../checks/blame.ts';
import { headline } from '../report/explain.ts';
import { blameCounts, isRed } from './blame-counts.ts';
import { milliseconds } from './closing-table.ts';
import { summarize } from './latency-summary.ts';
import type { RecordedNight } from './nights.ts';
import { changesBetween, lastGreen } from './nights.ts';
import { OUTCOMES } from './outcome.ts';
import { ownerOf } from './owners.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { firstFinding } from './test-verdicts.ts';

const MOST_TESTS = 20;

/** What the summary of a nightly run is made of. */
export interface NightReport {
  readonly projects: readonly string[];
  readonly isFit: boolean;
  readonly tests: readonly TestVerdicts[];
  /** What is wrong with the run itself. */
  readonly problems: readonly string[];
  /** Every recorded night, this one included, the oldest first. */
  readonly nights: readonly RecordedNight[];
}

/** The summary as Markdown: fit or not, red tests by blame, what changed, the worst latencies, the last green night. */
export function nightSummary(report: NightReport): string {
  const { projects, isFit, problems } = report;
  return [
    `# ${projects.join(' and ')}: ${isFit ? 'fit' : 'not fit'}`,
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

function outcomes({ tests, nights }: NightReport): string {
  const counts = OUTCOMES.map((outcome) => tests.filter((test) => test.outcome === outcome).length);
  const green = lastGreen(nights);
  const last = green === undefined ? `none of ${nights.length} recorded nights` : new Date(green.atMs).toISOString();
  return [table(['tests', ...OUTCOMES], [[tests.length, ...counts]]), '', `Last green: ${last}`].join('\n');
}

function redTests({ tests }: NightReport): string {
  const red = tests.filter(isRed);
  if (red.length === 0) return '';
  const counts = blameCounts(tests);
  const blamed = BLAMES.filter((blame) => counts[blame] > 0).map((blame) => [blame, counts[blame], ownerOf(blame)]);
  const lines = red.slice(0, MOST_TESTS).map((test) => `- ${test.title}: ${reasonOf(test)}`);
  const rest = red.length > MOST_TESTS ? [`- … and ${red.length - MOST_TESTS} more, in the report`] : [];
  return [table(['blame', 'red tests', 'who has to look'], blamed), '', ...lines, ...rest].join('\n');
}

function reasonOf({ verdicts, errors, outcome }: TestVerdicts): string {
  const first = firstFinding(verdicts);
  return first === undefined ? oneLine(errors[0] ?? outcome) : headline(first.check, first.finding);
}

function changes({ nights }: NightReport): string {
  const [before, now] = nights.slice(-2);
  if (before === undefined || now === undefined) return '';
  const since = `since ${new Date(before.atMs).toISOString()}`;
  const { regressed, fixed, added, gone } = changesBetween(before, now);
  const told = Object.entries({ regressed, fixed, new: added, gone }).filter(([, titles]) => titles.length > 0);
  if (told.length === 0) return `No test changed ${since}.`;
  return [
    `Changed ${since}:`,
    '',
    ...told.flatMap(([word, titles]) => titles.map((title) => `- ${word}: ${title}`)),
  ].join('\n');
}

function latencies({ tests }: NightReport): string {
  const rows = summarize(tests.flatMap((test) => test.latencies ?? [])).map(({ latency, samples, p50, p95, worst }) => [
    latency,
    samples,
    ...[p50, p95, worst].map(milliseconds),
  ]);
  return rows.length === 0 ? '' : table(['latency', 'samples', 'p50', 'p95', 'worst'], rows);
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

function fenced(text: string): string {
  return ['```text', text.trim().replaceAll('```', "'''"), '```'].join('\n');
}

function oneLine(text: string): string {
  return text.split('\n', 1)[0]?.trim() ?? '';
}
