import { firstOf } from '../../history/connections.ts';
import type { Recorder } from '../../history/recorder.ts';

/** How often the event loop is sampled. */
export const LAG_INTERVAL_MS = 10;

/** A delay of our own: at `atMs` (monotonic) the event loop came `lateMs` after it was due. */
export interface OwnDelay {
  readonly atMs: number;
  readonly lateMs: number;
}

/** The longest of our own delays within one window of time. */
export interface LagWindow {
  /** Since the shard began. */
  readonly atMs: number;
  readonly worstMs: number;
}

const NOTABLE_LAG_MS = 30;
const WINDOW_MS = 250;

/** The delays that overlap a window of time. */
export function delaysWithin(delays: readonly OwnDelay[], fromMs: number, toMs: number): readonly OwnDelay[] {
  return delays.filter(({ atMs, lateMs }) => atMs >= fromMs && atMs - lateMs <= toMs);
}

/** The worst delay of each quarter of a second, counted from the beginning of the shard. */
export function worstPerWindow(delays: readonly OwnDelay[], beganMs: number): readonly LagWindow[] {
  const worst = new Map<number, number>();
  for (const { atMs, lateMs } of delays) {
    const window = Math.floor((atMs - beganMs) / WINDOW_MS) * WINDOW_MS;
    worst.set(window, Math.max(worst.get(window) ?? 0, lateMs));
  }
  return [...worst].map(([atMs, worstMs]) => ({ atMs, worstMs: Math.round(worstMs * 10) / 10 }));
}

/**
 * Records the notable delays of the time in which a history grew, so that checks can take them into account. Returns whether
 * there were any.
 */
export function recordDelays(recorder: Recorder, delays: readonly OwnDelay[]): boolean {
  const { history } = recorder;
  const [first] = history;
  const last = firstOf(history, 'closed') ?? history.at(-1);
  if (first === undefined || last === undefined) return false;
  const notable = delaysWithin(delays, first.atMs, last.atMs).filter(({ lateMs }) => lateMs >= NOTABLE_LAG_MS);
  for (const { atMs, lateMs } of notable) recorder.record('', { kind: 'lag', lateMs }, atMs);
  return notable.length > 0;
}
