import { extremesOf } from '../history/extremes.ts';
import type { Connection } from '../history/connections.ts';

/**
 * How a failure comes back (failure notes §2.5, rule 3): in every attempt and after the same time, in every attempt but after
 * different times, in some attempts only, or in too few attempts to tell.
 */
export const LOOKS = ['deterministic', 'always, at varying times', 'intermittent', 'too few to tell'] as const;

export type Looks = (typeof LOOKS)[number];

/** How many attempts failed in the same way, and how this looks. Times are milliseconds. */
export interface Recurrence {
  /** Connections with a valid credential. */
  readonly tried: number;
  readonly failed: number;
  /** `failed` of `tried`, between 0 and 1. */
  readonly rate: number;
  /** Between the fastest and the slowest end, each counted from its own upgrade; absent where no connection ended. */
  readonly spreadMs?: number;
  readonly looks: Looks;
}

/** With fewer attempts nothing can be said about how a failure comes back. */
export const ENOUGH_TO_TELL = 3;
const SAME_TIME_MS = 100;
const SAME_TIME_SHARE = 0.25;

/**
 * The only rule for "every time or now and then". `endedAfterMs` holds, for the failed attempts whose end was seen, the time
 * from the upgrade to the end.
 *
 * Ends count as "after the same time" when they lie at most 100 ms apart, or at most a quarter of their median where that is
 * more. One line of code fails after the same time on the server; what differs is the network and our own event loop, which
 * add some tens of milliseconds when many connections open at once, so 50 ms would call a plain bug a race. Races, timeouts and
 * limits differ by several hundred milliseconds, so 100 ms does not hide them.
 */
export function looksOf(tried: number, failed: number, endedAfterMs: readonly number[]): Looks {
  if (tried < ENOUGH_TO_TELL) return 'too few to tell';
  if (failed < tried) return 'intermittent';
  const allowed = Math.max(SAME_TIME_MS, SAME_TIME_SHARE * (medianOf(endedAfterMs) ?? 0));
  return (spreadOf(endedAfterMs) ?? 0) <= allowed ? 'deterministic' : 'always, at varying times';
}

/** How many of the connections with a valid credential failed in this way; `undefined` when none did, or only one was tried. */
export function recurrenceOf(trusted: readonly Connection[], failed: readonly Connection[]): Recurrence | undefined {
  const ours = failed.filter((connection) => trusted.includes(connection));
  if (ours.length === 0 || trusted.length < 2) return undefined;
  const times = ours.flatMap((connection) => timeToEnd(connection) ?? []);
  const spreadMs = spreadOf(times);
  return {
    tried: trusted.length,
    failed: ours.length,
    rate: ours.length / trusted.length,
    ...(spreadMs !== undefined && { spreadMs }),
    looks: looksOf(trusted.length, ours.length, times),
  };
}

/** What the server took: from the upgrade request to its refusal, or from its acceptance to its close. */
export function timeToEnd({ request, opened, closed, refused }: Connection): number | undefined {
  if (opened !== undefined) return closed?.by === 'them' ? closed.atMs - opened.atMs : undefined;
  return request === undefined || refused === undefined ? undefined : refused.atMs - request.atMs;
}

/** How far the shortest and the longest time lie apart; `undefined` without any. */
export function spreadOf(times: readonly number[]): number | undefined {
  const extremes = extremesOf(times);
  return extremes === undefined ? undefined : extremes.most - extremes.least;
}

/** The time in the middle; `undefined` without any. */
export function medianOf(times: readonly number[]): number | undefined {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** A recurrence as one line. */
export function describeRecurrence({ tried, failed, rate, spreadMs, looks }: Recurrence): string {
  const share = `${failed} of ${tried} connections (${Math.round(rate * 100)} %)`;
  const spread = spreadMs === undefined || failed < 2 ? '' : `, times to the end ${Math.round(spreadMs)} ms apart`;
  return `${share}${spread}: ${looks}`;
}
