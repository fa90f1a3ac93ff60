import type { Probe } from '../../history/entry.ts';

/** Tokens are accepted when issued at most this long in the future (protocol notes §3.4, strict validation). */
const TOLERANCE_MS = 60_000;
/** The `Date` header counts whole seconds. */
const RESOLUTION_MS = 1000;

/**
 * Compares our clock with the `Date` header of an answer. `nowMs` is when the answer arrived, in epoch milliseconds. Without
 * the header nothing is found, which the preflight doubts.
 */
export function probeClock({ target, headers, durationMs }: Probe, nowMs: number): Probe {
  const told = { kind: 'probe', name: 'clock', target, durationMs: 0 } as const;
  const date = Date.parse(headers?.['date'] ?? '');
  if (Number.isNaN(date)) return told;
  const uncertaintyMs = durationMs + RESOLUTION_MS;
  const skewMs = nowMs - date;
  const apartMs = Math.max(0, Math.abs(skewMs) - uncertaintyMs);
  const found = `our clock is ${Math.round(skewMs)} ms ahead, give or take ${Math.round(uncertaintyMs)} ms`;
  return apartMs <= TOLERANCE_MS
    ? { ...told, found }
    : { ...told, error: `${found}; at most ${TOLERANCE_MS} ms are tolerated. Set the clock of this machine.` };
}
