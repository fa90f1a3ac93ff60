const FIRST_MILLISECOND_EPOCH = 1e11;
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;

/**
 * A wire timestamp as epoch milliseconds: a number below 1e11 is seconds, from there on milliseconds; text is ISO 8601, in
 * UTC when it names no zone (protocol notes §8.2, row "timestamp"). `undefined` when it is neither.
 */
export function timestampMs(value: unknown): number | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return undefined;
    return value < FIRST_MILLISECOND_EPOCH ? value * 1000 : value;
  }
  if (typeof value !== 'string') return undefined;
  const parsed = Date.parse(ZONE.test(value) ? value : `${value}Z`);
  return Number.isNaN(parsed) ? undefined : parsed;
}
