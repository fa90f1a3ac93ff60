import { onOneLine } from '../history/visible-text.ts';
import type { Entry, History } from '../history/entry.ts';
import type { Verdict } from '../checks/verdict.ts';
import { describeEntry } from './describe-entry.ts';

const DETAIL_CHARACTERS = 160;
const MOST_LINES = 2000;

/**
 * The history as aligned text: number, seconds since the first entry, connection, direction, what, and its beginning. Lines
 * that a finding cites are marked with `!` and followed by its code. Long histories are cut in the middle, and say so.
 */
export function transcript(history: History, verdicts: readonly Verdict[] = []): string {
  const marks = marksOf(verdicts);
  const start = history[0]?.atMs ?? 0;
  const lines = history.map((entry) => line(entry, start, marks.get(entry.index)));
  if (lines.length <= MOST_LINES) return lines.join('\n');
  const half = MOST_LINES / 2;
  const cut = `… ${lines.length - MOST_LINES} entries are left out here; the attachment "history" has them all …`;
  return [...lines.slice(0, half), cut, ...lines.slice(-half)].join('\n');
}

/** The finding codes that cite each entry. */
export function marksOf(verdicts: readonly Verdict[]): ReadonlyMap<number, readonly string[]> {
  const marks = new Map<number, string[]>();
  for (const verdict of verdicts) {
    if (verdict.holds === true) continue;
    for (const { code, entries } of verdict.findings) {
      for (const index of entries) marks.set(index, [...new Set([...(marks.get(index) ?? []), code])]);
    }
  }
  return marks;
}

function line(entry: Entry, start: number, codes: readonly string[] | undefined): string {
  const { arrow, title, detail } = describeEntry(entry);
  const oneLine = onOneLine(detail.replaceAll(/\s+/g, ' '));
  const cut = oneLine.length > DETAIL_CHARACTERS ? `${oneLine.slice(0, DETAIL_CHARACTERS)}…` : oneLine;
  return [
    codes === undefined ? ' ' : '!',
    `#${entry.index}`.padEnd(5),
    `+${((entry.atMs - start) / 1000).toFixed(3)}s`.padStart(10),
    entry.connection.padEnd(4),
    arrow,
    onOneLine(title).padEnd(18),
    cut,
    ...(codes === undefined ? [] : [`  «${codes.join(', ')}»`]),
  ]
    .join(' ')
    .trimEnd();
}
