/** Consecutive members of a fleet, by number; members count from 0 over the whole fleet. */
export interface UserRange {
  readonly first: number;
  readonly count: number;
}

/** One part of a fleet that is run in several places: part 1 of 4. */
export interface Shard {
  readonly current: number;
  readonly of: number;
}

export const WHOLE_FLEET: Shard = { current: 1, of: 1 };

/** Cuts a span into consecutive pieces whose sizes differ by at most one. */
export function splitRange({ first, count }: UserRange, of: number): readonly UserRange[] {
  return Array.from({ length: of }, (_, piece) => {
    const from = Math.floor((count * piece) / of);
    return { first: first + from, count: Math.floor((count * (piece + 1)) / of) - from };
  });
}

/** The members of one part. Throws a `RangeError` for a part that does not exist. */
export function rangeOfShard({ current, of }: Shard, connections: number): UserRange {
  const span = splitRange({ first: 0, count: connections }, of)[current - 1];
  if (span === undefined) throw new RangeError(`Part of a fleet: expected 1 to ${of}, got ${current}.`);
  return span;
}

/** `c1–c250`: members by the names of their connections, which count from 1. */
export function nameOfRange({ first, count }: UserRange): string {
  if (count === 1) return connectionName(first);
  return count === 0 ? 'no connection' : `${connectionName(first)}–${connectionName(first + count - 1)}`;
}

/** The name of a member's connection. */
export function connectionName(number: number): string {
  return `c${number + 1}`;
}

/** How many threads a span is spread over, and what each of them runs. */
export function spread(span: UserRange, perThread: number, mostThreads: number): readonly UserRange[] {
  const threads = Math.max(1, Math.min(Math.ceil(span.count / perThread), mostThreads));
  return splitRange(span, threads);
}
