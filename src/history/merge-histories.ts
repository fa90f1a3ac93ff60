import type { Entry, History } from './entry.ts';

/** Several histories as one, and where their entries went. */
export interface MergedHistories {
  /** In order of time, numbered from the index that was asked for. */
  readonly entries: History;
  /** The new index of an entry, by the position of its history and its old index. */
  renumbered(history: number, index: number): number | undefined;
}

/** Merges histories of one clock; indices and what refers to them are renumbered from `firstIndex` on. */
export function mergeHistories(histories: readonly History[], firstIndex: number): MergedHistories {
  const all = histories.flatMap((history, position) => history.map((entry) => ({ position, entry })));
  const ordered = all.toSorted((a, b) => a.entry.atMs - b.entry.atMs);
  const indices = histories.map(() => new Map<number, number>());
  for (const [offset, { position, entry }] of ordered.entries()) {
    indices[position]?.set(entry.index, firstIndex + offset);
  }
  const renumbered = (history: number, index: number): number | undefined => indices[history]?.get(index);
  const entries = ordered.map(({ position, entry }, offset): Entry => {
    const moved = { ...entry, index: firstIndex + offset };
    const lastSeen = moved.kind === 'deadline' && moved.lastSeen !== undefined && renumbered(position, moved.lastSeen);
    return typeof lastSeen === 'number' && moved.kind === 'deadline' ? { ...moved, lastSeen } : moved;
  });
  return { entries, renumbered };
}
