import type { Shard } from './user-range.ts';

/** Set by `src/reporters/announce-shards.ts` for the workers of one run; not meant to be set by people. */
export const SHARDS_VARIABLE = 'E2E_FLEET_PARTS';

/**
 * The parts of a fleet: one per Playwright shard, each a test of its own. Which members a test runs follows from its part,
 * not from the shard that happens to run it, so nobody is left out or run twice.
 */
export function fleetShards(): readonly Shard[] {
  const of = Number(process.env[SHARDS_VARIABLE] ?? '1');
  return Array.from({ length: of }, (_, index) => ({ current: index + 1, of }));
}
