import { stripVTControlCharacters } from 'node:util';
import { findingKind } from '../checks/findings.ts';
import { isRed } from './blame-counts.ts';
import type { TestOutcome } from './outcome.ts';
import type { Paint } from './paint.ts';
import type { TestVerdicts } from './test-verdicts.ts';
import { firstFinding } from './test-verdicts.ts';

const MARKS: Readonly<Record<TestOutcome, readonly [mark: string, colour: Parameters<Paint>[0]]>> = {
  passed: ['✓', 'green'],
  violated: ['✗', 'red'],
  'not verified': ['?', 'yellow'],
  failed: ['✗', 'red'],
  'known failure': ['~', 'gray'],
  'not run': ['-', 'gray'],
};

/** One line about a test that ended: outcome, duration, project, title; when it is red also phase, code and blame. */
export function lineOf(test: TestVerdicts, paint: Paint): string {
  const [mark, colour] = MARKS[test.outcome];
  const told = isRed(test) || test.outcome === 'known failure' ? `  ${paint(colour, reasonOf(test))}` : '';
  return `${paint(colour, mark)} ${paint('gray', durationOf(test.durationMs))}  ${test.project} › ${test.title}${told}`;
}

/** `events [event-missing] blame product`, of the first finding. */
function reasonOf({ verdicts, outcome }: TestVerdicts): string {
  const first = firstFinding(verdicts);
  if (first === undefined) return `${outcome} without a verdict`;
  const { code, blame } = first.finding;
  return `${findingKind(code).phase} [${code}] blame ${blame}`;
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
  return plain.replaceAll(/^(?=.)/gm, '    ');
}
