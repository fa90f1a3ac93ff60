import { performance } from 'node:perf_hooks';

/** One sample of our own delay: at `atMs` (monotonic) the event loop came `lateMs` after it was due. */
export interface LagSample {
  readonly atMs: number;
  readonly lateMs: number;
}

/** A delay from which on a history mentions it, in milliseconds. */
const NOTABLE_MS = 30;

/**
 * Samples how late our own event loop is, every `intervalMs`: what was read meanwhile was read that late too. Returns the
 * function that stops it.
 */
export function sampleLag(intervalMs: number, observe: (sample: LagSample) => void): () => void {
  let due = performance.now() + intervalMs;
  const timer = setInterval(() => {
    const atMs = performance.now();
    observe({ atMs, lateMs: Math.max(0, atMs - due) });
    due = atMs + intervalMs;
  }, intervalMs);
  return () => clearInterval(timer);
}

/** Whether a sample is worth an entry of a history. */
export function isNotable({ lateMs }: LagSample): boolean {
  return lateMs >= NOTABLE_MS;
}
