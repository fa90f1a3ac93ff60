import type { SavedEntry } from '../../report/saved-history.ts';
import { mergeByName } from './distribution.ts';
import type { MetricTexts } from './latency-metrics.ts';
import { LATENCY_METRICS } from './latency-metrics.ts';
import type { LagWindow } from './own-lag.ts';
import type { Shard, UserRange } from './user-range.ts';
import { nameOfRange, rangeOfShard } from './user-range.ts';
import type { UserResult } from './user-result.ts';
import { crossIsolation } from './user-result.ts';

/** The load that was declared, as far as a result shows it. */
export interface DeclaredLoad {
  /** Size of the whole fleet, all shards together. */
  readonly connections: number;
  readonly rampPerSecond: number;
  readonly handshakesAtOnce: number;
}

/** The whole history of one virtual user. */
export interface KeptHistory {
  readonly number: number;
  readonly entries: readonly SavedEntry[];
}

/** Virtual users of whom nothing is known, and why. */
export interface UnjudgedRange {
  readonly range: UserRange;
  readonly because: string;
}

/** What one thread hands back of its share of the virtual users. */
export interface ShareResult {
  readonly range: UserRange;
  readonly users: readonly UserResult[];
  readonly latencies: MetricTexts;
  /** Our own delay while each metric was being measured. */
  readonly lag: MetricTexts;
  readonly lagWindows: readonly LagWindow[];
  readonly kept: readonly KeptHistory[];
  readonly unjudged: readonly UnjudgedRange[];
  /** Why no more users were started; undefined when all were. */
  readonly stopped: string | undefined;
}

/** Names the shape of a saved shard result. */
export const SHARD_FORMAT = 'fleet-shard-1';

/** What one process hands back of a fleet; `reports/fleet-*.json` holds it. */
export interface ShardResult extends Omit<ShareResult, 'stopped'> {
  readonly format: typeof SHARD_FORMAT;
  readonly shard: Shard;
  readonly project: string;
  readonly load: DeclaredLoad;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
  /** False while the shard is still running, or when it died. */
  readonly finished: boolean;
}

/** A whole fleet, or as much of it as there are shards. */
export interface FleetResult extends Omit<ShareResult, 'stopped' | 'range'> {
  readonly project: string;
  readonly load: DeclaredLoad;
  readonly shards: readonly ShardResult[];
  /** How many virtual users should have been judged. */
  readonly expected: number;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
}

type Combined = Omit<ShareResult, 'stopped'> & { readonly stopped: readonly string[] };

/** The results of several shares as one: users in order, distributions merged. */
export function combined(range: UserRange, shares: readonly ShareResult[]): Combined {
  return {
    range,
    users: shares.flatMap(({ users }) => users).toSorted((a, b) => a.number - b.number),
    latencies: mergeByName(
      LATENCY_METRICS,
      shares.map(({ latencies }) => latencies),
    ),
    lag: mergeByName(
      LATENCY_METRICS,
      shares.map(({ lag }) => lag),
    ),
    lagWindows: shares.flatMap(({ lagWindows }) => lagWindows).toSorted((a, b) => a.atMs - b.atMs),
    kept: shares.flatMap(({ kept }) => kept).toSorted((a, b) => a.number - b.number),
    unjudged: shares.flatMap(({ unjudged }) => unjudged),
    stopped: [...new Set(shares.flatMap(({ stopped }) => stopped ?? []))],
  };
}

/**
 * One result over all virtual users of all shards: distributions merged, isolation checked across all of them, and the users
 * of missing shards named. Throws when the shards do not belong to one fleet.
 */
export function fleetResult(shards: readonly ShardResult[], of: 'these shards' | 'the whole fleet'): FleetResult {
  const [first] = shards;
  if (first === undefined) throw new Error('Fleet: expected the result of at least one shard, got none.');
  assertOneFleet(first, shards);
  const all = combined(
    first.range,
    shards.map((shard) => ({ ...shard, stopped: undefined })),
  );
  const missing = of === 'the whole fleet' ? missingShards(first, shards) : [];
  const died = shards.filter(({ finished }) => !finished).map(unfinished);
  const inShards = shards.reduce((sum, { range }) => sum + range.count, 0);
  return {
    ...all,
    users: crossIsolation(all.users),
    unjudged: [...all.unjudged, ...died, ...missing],
    project: first.project,
    load: first.load,
    shards,
    expected: of === 'the whole fleet' ? first.load.connections : inShards,
    durationMs: Math.max(...shards.map(({ durationMs }) => durationMs)),
    threads: shards.reduce((sum, { threads }) => sum + threads, 0),
    stopped: [...new Set(shards.flatMap(({ stopped }) => stopped))],
  };
}

function assertOneFleet(first: ShardResult, shards: readonly ShardResult[]): void {
  const loads = new Set(shards.map(({ load, project, shard }) => JSON.stringify([project, shard.of, load])));
  if (loads.size > 1) {
    throw new Error(
      `Fleet: expected shards of one fleet (project, load and number of shards alike), got ${[...loads].join(' and ')}. Merge the results of one run.`,
    );
  }
  const numbers = shards.map(({ shard }) => shard.current);
  const twice = numbers.find((number, position) => numbers.indexOf(number) !== position);
  if (twice !== undefined)
    throw new Error(`Fleet: shard ${twice} of ${first.shard.of} was given twice. Give each shard once.`);
}

function missingShards({ shard, load }: ShardResult, shards: readonly ShardResult[]): readonly UnjudgedRange[] {
  const present = new Set(shards.map((each) => each.shard.current));
  return Array.from({ length: shard.of }, (_, index) => index + 1)
    .filter((current) => !present.has(current))
    .map((current) => {
      const range = rangeOfShard({ current, of: shard.of }, load.connections);
      return { range, because: `${nameOfRange(range)}: there is no result of shard ${current} of ${shard.of}` };
    });
}

function unfinished({ range, shard }: ShardResult): UnjudgedRange {
  return { range, because: `${nameOfRange(range)}: shard ${shard.current} of ${shard.of} began and never finished` };
}

/** The virtual users that did not pass, the certain failures first, then by number. */
export function failing({ users }: Pick<FleetResult, 'users'>): readonly UserResult[] {
  const bad = users.filter(({ outcome }) => outcome !== 'passed');
  return bad.toSorted((a, b) => a.outcome.localeCompare(b.outcome) || a.number - b.number);
}
