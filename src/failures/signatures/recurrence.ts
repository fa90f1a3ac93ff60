import type { Connection } from '../../history/connections.ts';
import type { Evidence } from './evidence.ts';

/** Whether a failure comes every time (failure notes §2.5, rule 3). Times are milliseconds. */
export interface Recurrence {
  /** Connections with a valid credential. */
  readonly tried: number;
  readonly failed: number;
  /** `failed` of `tried`, between 0 and 1. */
  readonly rate: number;
  /** Between the fastest and the slowest end, each counted from its own upgrade; absent where none ended. */
  readonly spreadMs?: number;
  readonly looks: 'deterministic' | 'always, at varying times' | 'intermittent' | 'too few to tell';
}

const ENOUGH = 3;
const TIGHT_MS = 100;
const TIGHT_SHARE = 0.25;

/**
 * Counts how many of the connections with a valid credential failed in this way; `undefined` when none did, or when there
 * was only one.
 */
export function recurrenceOf({ trusted }: Evidence, failed: readonly Connection[]): Recurrence | undefined {
  const ours = failed.filter((connection) => trusted.includes(connection));
  if (ours.length === 0 || trusted.length < 2) return undefined;
  const times = ours.flatMap(timeToEnd).toSorted((a, b) => a - b);
  const spread = spreadOf(times);
  const counted = { tried: trusted.length, failed: ours.length, rate: ours.length / trusted.length, ...spread };
  if (trusted.length < ENOUGH) return { ...counted, looks: 'too few to tell' };
  if (ours.length < trusted.length) return { ...counted, looks: 'intermittent' };
  const tight = (spread.spreadMs ?? 0) <= Math.max(TIGHT_MS, TIGHT_SHARE * (times[Math.floor(times.length / 2)] ?? 0));
  return { ...counted, looks: tight ? 'deterministic' : 'always, at varying times' };
}

/** What the server took: from the upgrade request to its refusal, from its acceptance to its close; else nothing. */
function timeToEnd({ request, opened, closed, refused }: Connection): readonly number[] {
  if (opened !== undefined) return closed?.by === 'them' ? [closed.atMs - opened.atMs] : [];
  return request === undefined || refused === undefined ? [] : [refused.atMs - request.atMs];
}

function spreadOf(times: readonly number[]): { readonly spreadMs?: number } {
  const [first, last] = [times[0], times.at(-1)];
  return first === undefined || last === undefined ? {} : { spreadMs: last - first };
}

/** A recurrence as a line. */
export function describeRecurrence({ tried, failed, rate, spreadMs, looks }: Recurrence): string {
  const share = `${failed} of ${tried} connections (${Math.round(rate * 100)} %)`;
  const spread = spreadMs === undefined || failed < 2 ? '' : `, times to the end ${Math.round(spreadMs)} ms apart`;
  return `${share}${spread}: ${looks}`;
}
