import { stripVTControlCharacters, styleText } from 'node:util';
import Table from 'cli-table3';
import { OWNERS, ownerOf } from '../checks/blame.ts';
import { findingKind } from '../checks/findings.ts';
import { findingsOf } from '../checks/verdict.ts';
import type { Verdict } from '../checks/verdict.ts';
import { visible } from '../history/visible-text.ts';
import { span } from '../report/measures.ts';
import { summarize } from './metrics.ts';
import type { Cause } from '../failures/causes.ts';
import { OUTCOMES, firstFinding, isRed, placeOf, redByOwner } from './test-verdicts.ts';
import type { TestOutcome, TestVerdicts } from './test-verdicts.ts';

/** Colours a text, or leaves it alone. */
export type Paint = (colour: 'green' | 'red' | 'yellow' | 'gray' | 'bold', text: string) => string;

/** Where output goes to, as far as colours care. */
export interface Output {
  readonly isTTY?: boolean;
}

/** Colours on a terminal, and wherever FORCE_COLOR asks for them; NO_COLOR forbids them (no-color.org). */
export function paintFor(output: Output, env: Readonly<Record<string, string | undefined>>): Paint {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  const forbidden = (env['NO_COLOR'] ?? '') !== '' || env['FORCE_COLOR'] === '0';
  const colours = forced || (output.isTTY === true && !forbidden);
  return (colour, text) => (colours ? styleText(colour, text, { validateStream: false }) : text);
}

const MARKS: Readonly<Record<TestOutcome, readonly [mark: string, colour: Parameters<Paint>[0]]>> = {
  passed: ['✓', 'green'],
  violated: ['✗', 'red'],
  'not verified': ['?', 'yellow'],
  failed: ['✗', 'red'],
  'known failure': ['~', 'gray'],
  interrupted: ['!', 'yellow'],
  'not run': ['-', 'gray'],
};

/** One line about a test that ended: outcome, duration, project, title; when it is red also phase, code and blame. */
export function lineOf(test: TestVerdicts, paint: Paint): string {
  const [mark, colour] = MARKS[test.outcome];
  const reason = isRed(test) || test.outcome === 'known failure' ? `  ${paint(colour, reasonOf(test))}` : '';
  const retry = test.retry === undefined ? '' : paint('gray', `  (retry ${test.retry})`);
  return `${paint(colour, mark)} ${paint('gray', durationOf(test.durationMs))}  ${test.project} › ${test.title}${retry}${reason}`;
}

/** One line for all tests of a file that passed: how many, and how long they took together. */
export function lineOfFile(passed: readonly TestVerdicts[], paint: Paint): string {
  const [first] = passed;
  if (first === undefined) return '';
  const [mark, colour] = MARKS.passed;
  const tookMs = passed.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const tests = passed.length === 1 ? '1 test' : `${passed.length} tests`;
  return `${paint(colour, mark)} ${paint('gray', durationOf(tookMs))}  ${first.project} › ${first.file}: ${tests}`;
}

/** `events [event-missing] blame product`, of the first finding. */
function reasonOf({ verdicts, outcome }: TestVerdicts): string {
  const first = firstFinding(verdicts);
  if (first === undefined) return `${outcome} without a verdict`;
  const { code, blame } = first.finding;
  return `${findingKind(code).phase} [${code}] blame ${blame}`;
}

/** Where to look at a red test: its place in the specs, and the picture of what happened. */
export function whereToLook(test: TestVerdicts): string {
  return [placeOf(test), ...(test.timeline === undefined ? [] : [test.timeline])].join(', ');
}

/** The marks of {@link lineOf} that a run used, explained. */
export function legendOf(tests: readonly TestVerdicts[]): string {
  const used = OUTCOMES.filter((outcome) => outcome !== 'passed' && tests.some((test) => test.outcome === outcome));
  return used.map((outcome) => `${MARKS[outcome][0]} ${outcome}`).join('   ');
}

const MOST_LINES = 9;

/** The beginning of a failure text: its first findings, in at most nine lines. */
export function beginningOf(text: string): string {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const rest = lines.length - MOST_LINES;
  return [...lines.slice(0, MOST_LINES), ...(rest > 0 ? [`… ${rest} more lines in the report`] : [])].join('\n');
}

/** `212 ms`, `3.4 s` or `2 min 5 s`, always of the same width. */
export function durationOf(ms: number): string {
  const text =
    ms < 1000
      ? `${Math.round(ms)} ms`
      : ms < 60_000
        ? `${(ms / 1000).toFixed(1)} s`
        : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  return text.padStart(8);
}

/** A failure text, indented under its line. */
export function indented(text: string): string {
  const plain = stripVTControlCharacters(text)
    .replace(/^Error: /, '')
    .trimEnd();
  return withoutCommands(plain).replaceAll(/^(?=.)/gm, '    ');
}

/** Lines for a terminal: all of them visible, and none of them a command to a CI runner, which obeys what begins with `::`. */
export function withoutCommands(text: string): string {
  return visible(text).replaceAll(/^(\s*):(?=:)/gm, '$1: ');
}

const PLAIN = { head: [], border: [] };

/** Without a rule between any two rows. */
const DENSE = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** What the terminal shows at the end: tests by project and outcome, red tests by blame, latencies. */
export function closingTables(tests: readonly TestVerdicts[], causes: readonly Cause[]): string {
  return [byProject(tests), byOwner(tests, causes), byLatency(tests)].filter((table) => table !== '').join('\n');
}

function byProject(tests: readonly TestVerdicts[]): string {
  const table = new Table({ head: ['project', 'tests', ...OUTCOMES], style: PLAIN, chars: DENSE });
  for (const project of new Set(tests.map((test) => test.project))) {
    const ofProject = tests.filter((test) => test.project === project);
    const counts = OUTCOMES.map((outcome) => count(ofProject.filter((test) => test.outcome === outcome).length));
    table.push([project, ofProject.length, ...counts]);
  }
  return tests.length === 0 ? '' : table.toString();
}

/** Where several parties have to look; a single one stands in the block of causes. */
function byOwner(tests: readonly TestVerdicts[], causes: readonly Cause[]): string {
  const counts = redByOwner(tests, causes);
  if (counts.size < 2) return '';
  const table = new Table({ head: ['red by owner', 'tests', 'who has to look'], style: PLAIN, chars: DENSE });
  for (const owner of OWNERS.filter((candidate) => counts.has(candidate))) {
    table.push([owner, counts.get(owner) ?? 0, ownerOf(owner)]);
  }
  return table.toString();
}

function byLatency(tests: readonly TestVerdicts[]): string {
  const summaries = summarize(tests.flatMap(({ latencies }) => latencies ?? []));
  if (summaries.length === 0) return '';
  const table = new Table({
    head: ['latency', 'samples', 'p50', 'p95', 'worst'],
    style: PLAIN,
    chars: DENSE,
    colAligns: ['left', 'right', 'right', 'right', 'right'],
  });
  for (const { latency, samples, p50, p95, worst } of summaries) {
    table.push([latency, samples, span(p50), span(p95), span(worst)]);
  }
  return table.toString();
}

function count(number: number): string {
  return number === 0 ? '' : `${number}`;
}

/**
 * What is said once of a run whose deployment bypasses authentication, at the first test that shows it; undefined where none
 * of the verdicts does.
 */
export function bypassNotice(verdicts: readonly Verdict[]): string | undefined {
  const bypass = verdicts.flatMap(findingsOf).find(({ code }) => code === 'auth-bypass-active');
  if (bypass === undefined) return undefined;
  return (
    `Authentication is bypassed on this deployment: ${bypass.because}. What rests on identity, acceptance, refusals or ` +
    'isolation is not verified in this run (auth-bypass-active, blame environment).'
  );
}
