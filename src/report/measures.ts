const KILO = 1000;

/** A span of time for people: `0.4 ms`, `212 ms`, `1.24 s`, `2 min 5 s`. */
export function span(ms: number): string {
  if (Math.abs(ms) < 10) return `${ms.toFixed(1)} ms`;
  if (Math.abs(ms) < KILO) return `${Math.round(ms)} ms`;
  const seconds = ms / KILO;
  if (Math.abs(seconds) < 60) return `${seconds.toFixed(2)} s`;
  const whole = Math.round(seconds);
  return `${Math.trunc(whole / 60)} min ${whole % 60} s`;
}

/** A moment after the first entry: `+1.240 s`. */
export function moment(ms: number): string {
  return `+${(ms / KILO).toFixed(3)} s`;
}

/** A size for people: `87 B`, `1.2 kB`, `3.4 MB`. */
export function size(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  const kilobytes = bytes / KILO;
  return kilobytes < KILO ? `${kilobytes.toFixed(1)} kB` : `${(kilobytes / KILO).toFixed(1)} MB`;
}
