/** Consecutive members of a fleet, by number; members count from 0 over the whole fleet. */
export interface Span {
  readonly first: number;
  readonly count: number;
}

/** One part of a fleet that is run in several places: part 1 of 4. */
export interface Part {
  readonly current: number;
  readonly of: number;
}

export const WHOLE: Part = { current: 1, of: 1 };

/** Cuts a span into consecutive pieces whose sizes differ by at most one. */
export function pieces({ first, count }: Span, of: number): readonly Span[] {
  return Array.from({ length: of }, (_, piece) => {
    const from = Math.floor((count * piece) / of);
    return { first: first + from, count: Math.floor((count * (piece + 1)) / of) - from };
  });
}

/** The members of one part. Throws a `RangeError` for a part that does not exist. */
export function spanOf({ current, of }: Part, connections: number): Span {
  const span = pieces({ first: 0, count: connections }, of)[current - 1];
  if (span === undefined) throw new RangeError(`Part of a fleet: expected 1 to ${of}, got ${current}.`);
  return span;
}

/** `c1–c250`: members by the names of their connections, which count from 1. */
export function nameOfSpan({ first, count }: Span): string {
  if (count === 1) return memberName(first);
  return count === 0 ? 'no connection' : `${memberName(first)}–${memberName(first + count - 1)}`;
}

/** The name of a member's connection. */
export function memberName(number: number): string {
  return `c${number + 1}`;
}
