import type { Verdict } from '../checks/verdict.ts';
import type { Entry, History } from '../history/entry.ts';
import { csvOf } from './csv.ts';
import { describeEntry } from './describe-entry.ts';
import { marksOf } from './transcript.ts';

const HEADER = ['number', 'ms', 'since previous ms', 'connection', 'way', 'what', 'bytes', 'findings', 'payload'];
const PAYLOAD_CHARACTERS = 500;

/** Every entry of a history as CSV, one row each. Long payloads are cut; the attachment "history" has them whole. */
export function framesCsv(history: History, verdicts: readonly Verdict[]): string {
  const marks = marksOf(verdicts);
  const start = history[0]?.atMs ?? 0;
  const latest = new Map<string, number>();
  const rows = history.map((entry) => {
    const previousMs = latest.get(entry.connection) ?? entry.atMs;
    latest.set(entry.connection, entry.atMs);
    return row(entry, start, previousMs, marks.get(entry.index) ?? []);
  });
  return csvOf([HEADER, ...rows]);
}

function row(entry: Entry, start: number, previousMs: number, codes: readonly string[]): readonly string[] {
  const { arrow, title, detail } = describeEntry(entry);
  return [
    String(entry.index),
    (entry.atMs - start).toFixed(1),
    (entry.atMs - previousMs).toFixed(1),
    entry.connection,
    arrow,
    title,
    'bytes' in entry ? String(entry.bytes) : '',
    codes.join(' '),
    detail.length > PAYLOAD_CHARACTERS ? `${detail.slice(0, PAYLOAD_CHARACTERS)}…` : detail,
  ];
}
