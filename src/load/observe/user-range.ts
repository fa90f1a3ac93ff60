/** Consecutive virtual users of a fleet, by number; users count from 0 over the whole fleet. */
export interface UserRange {
  readonly first: number;
  readonly count: number;
}

/** One shard of a fleet that is run in several places: 1 of 4. */
export interface Shard {
  readonly current: number;
  readonly of: number;
}

/** The one shard of a fleet that runs in one place. */
export const WHOLE_FLEET: Shard = { current: 1, of: 1 };

/** Cuts a range into consecutive pieces whose sizes differ by at most one. */
export function splitRange({ first, count }: UserRange, of: number): readonly UserRange[] {
  return Array.from({ length: of }, (_, piece) => {
    const from = Math.floor((count * piece) / of);
    return { first: first + from, count: Math.floor((count * (piece + 1)) / of) - from };
  });
}

/** What each thread runs of a range: at most `perThread` users, unless that needs more than `mostThreads` threads. */
export function rangesOfThreads(range: UserRange, perThread: number, mostThreads: number): readonly UserRange[] {
  return splitRange(range, Math.max(1, Math.min(Math.ceil(range.count / perThread), mostThreads)));
}

/** The virtual users of one shard. Throws a `RangeError` for a shard that does not exist. */
export function rangeOfShard({ current, of }: Shard, connections: number): UserRange {
  const range = splitRange({ first: 0, count: connections }, of)[current - 1];
  if (range === undefined) throw new RangeError(`Shard of a fleet: expected 1 to ${of}, got ${current}.`);
  return range;
}

/** `c1–c250`: virtual users by the names of their connections, which count from 1. */
export function nameOfRange({ first, count }: UserRange): string {
  if (count === 1) return connectionName(first);
  return count === 0 ? 'no connection' : `${connectionName(first)}–${connectionName(first + count - 1)}`;
}

/** The name of a virtual user's connection. */
export function connectionName(number: number): string {
  return `c${number + 1}`;
}
