import type { Finding, Verdict } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runName } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';
import { marksOf } from '../transcript.ts';

/** One row of a lane: an entry, what preceded it by how long, and what is wrong with it. */
export interface LaneRow {
  readonly kind: 'entry';
  readonly entry: Entry;
  /** Since the first entry of the history. */
  readonly sinceStartMs: number;
  /** Since the previous entry of the same lane. */
  readonly deltaMs: number;
  /** The run that it belongs to, by number from 1 in order of the requests; 0 for none. */
  readonly run: number;
  readonly runName: string;
  /** Findings that show here. */
  readonly findings: readonly Finding[];
  /** A finding that shows elsewhere cites this entry too. */
  readonly isCited: boolean;
}

/** Rows that were left out, and which. */
export interface CutRow {
  readonly kind: 'cut';
  readonly left: number;
  readonly from: number;
  readonly to: number;
}

/** What happened on one connection; the name is empty for what belongs to none. */
export interface Lane {
  readonly name: string;
  readonly rows: readonly (LaneRow | CutRow)[];
}

const ROWS_AT_EACH_END = 100;
const ROWS_AROUND_A_FINDING = 2;

/** The lane of one connection. A long one is cut in the middle, but for the rows at and around findings. */
export function laneOf(history: History, verdicts: readonly Verdict[], name: string): Lane {
  const start = history[0]?.atMs ?? 0;
  const findings = findingsByEntry(verdicts);
  const cited = marksOf(verdicts);
  const runs = runsByEntry(history);
  const entries = history.filter((entry) => entry.connection === name);
  const rows = entries.map((entry, position): LaneRow => {
    const run = runs.get(entry.index);
    return {
      kind: 'entry',
      entry,
      sinceStartMs: entry.atMs - start,
      deltaMs: entry.atMs - (entries[position - 1] ?? entry).atMs,
      run: run?.number ?? 0,
      runName: run?.name ?? '',
      findings: findings.get(entry.index) ?? [],
      isCited: cited.has(entry.index),
    };
  });
  return { name, rows: cut(rows) };
}

/** A finding stands at the last entry that it cites: there it showed. */
function findingsByEntry(verdicts: readonly Verdict[]): ReadonlyMap<number, readonly Finding[]> {
  const found = new Map<number, readonly Finding[]>();
  for (const finding of verdicts.flatMap(findingsOf)) {
    if (finding.entries.length === 0) continue;
    const at = Math.max(...finding.entries);
    found.set(at, [...(found.get(at) ?? []), finding]);
  }
  return found;
}

function runsByEntry(history: History): ReadonlyMap<number, { readonly number: number; readonly name: string }> {
  const runs = new Map<number, { readonly number: number; readonly name: string }>();
  runsOf(history).runs.forEach((run, position) => {
    const of = { number: position + 1, name: runName(run) };
    runs.set(run.request.index, of);
    for (const delivery of run.deliveries.values()) for (const entry of delivery.entries) runs.set(entry.index, of);
  });
  return runs;
}

function cut(rows: readonly LaneRow[]): readonly (LaneRow | CutRow)[] {
  if (rows.length <= 2 * ROWS_AT_EACH_END) return rows;
  const kept = rows.map((_, position) => {
    const isAtAnEnd = position < ROWS_AT_EACH_END || position >= rows.length - ROWS_AT_EACH_END;
    const near = rows.slice(Math.max(0, position - ROWS_AROUND_A_FINDING), position + ROWS_AROUND_A_FINDING + 1);
    return isAtAnEnd || near.some(({ findings }) => findings.length > 0);
  });
  const shown: (LaneRow | CutRow)[] = [];
  rows.forEach((row, position) => {
    const last = shown.at(-1);
    if (kept[position] === true) shown.push(row);
    else if (last?.kind === 'cut') shown[shown.length - 1] = { ...last, left: last.left + 1, to: row.entry.index };
    else shown.push({ kind: 'cut', left: 1, from: row.entry.index, to: row.entry.index });
  });
  return shown;
}
