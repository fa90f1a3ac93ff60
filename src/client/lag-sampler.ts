import { performance } from 'node:perf_hooks';

const INTERVAL_MS = 20;
const NOTABLE_MS = 30;

/**
 * Tells how late our own event loop is, whenever it is notably late: then whatever was read meanwhile was read late too.
 * Returns the function that stops it.
 */
export function sampleLag(observe: (lateMs: number) => void): () => void {
  let due = performance.now() + INTERVAL_MS;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - due >= NOTABLE_MS) observe(now - due);
    due = now + INTERVAL_MS;
  }, INTERVAL_MS);
  return () => clearInterval(timer);
}
