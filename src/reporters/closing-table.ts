import Table from 'cli-table3';
import { BLAMES } from '../checks/blame.ts';
import { blameCounts, isRed } from './blame-counts.ts';
import { summarize } from './latency-summary.ts';
import { OUTCOMES } from './outcome.ts';
import { ownerOf } from './owners.ts';
import type { TestVerdicts } from './test-verdicts.ts';

const PLAIN = { head: [], border: [] };

/** Without a rule between any two rows. */
const DENSE = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** What the terminal shows at the end: tests by project and outcome, red tests by blame, latencies. */
export function closingTables(tests: readonly TestVerdicts[]): string {
  return [byProject(tests), byBlame(tests), byLatency(tests)].filter((table) => table !== '').join('\n');
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

function byBlame(tests: readonly TestVerdicts[]): string {
  if (!tests.some(isRed)) return '';
  const counts = blameCounts(tests);
  const table = new Table({ head: ['red by blame', 'tests', 'who has to look'], style: PLAIN, chars: DENSE });
  for (const blame of BLAMES.filter((candidate) => counts[candidate] > 0)) {
    table.push([blame, counts[blame], ownerOf(blame)]);
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
    table.push([latency, samples, milliseconds(p50), milliseconds(p95), milliseconds(worst)]);
  }
  return table.toString();
}

function count(number: number): string {
  return number === 0 ? '' : `${number}`;
}

/** `0.4 ms`, `212 ms`: one decimal only where it says something. */
export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
