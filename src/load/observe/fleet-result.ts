import type { FleetLoad } from '../../../env/fleet.ts';
import type { SavedEntry } from '../../report/saved-history.ts';
import { mergeByName } from './distribution.ts';
import type { LatencyMetric } from './latency-metrics.ts';
import { LATENCY_METRICS } from './latency-metrics.ts';
import type { Shard, UserRange } from './user-range.ts';
import { nameOfRange, rangeOfShard } from './user-range.ts';
import type { UserResult } from './user-result.ts';
import { crossIsolation } from './user-result.ts';

/** The whole history of one member. */
export interface KeptHistory {
  readonly number: number;
  readonly entries: readonly SavedEntry[];
}

/** Members of whom nothing is known, and why. */
export interface UnjudgedRange {
  readonly span: UserRange;
  readonly because: string;
}

/** The longest of our own delays within one window of time. */
export interface LagWindow {
  /** Since the part began. */
  readonly atMs: number;
  readonly worstMs: number;
}

/** What one slice of a fleet, run in one thread, hands back. */
export interface ShareResult {
  readonly span: UserRange;
  readonly members: readonly UserResult[];
  /** Distributions as text; see `readDistribution`. */
  readonly phases: Readonly<Partial<Record<LatencyMetric, string>>>;
  /** Our own delay while the phase was being measured, as distributions. */
  readonly lag: Readonly<Partial<Record<LatencyMetric, string>>>;
  readonly lagWindows: readonly LagWindow[];
  readonly kept: readonly KeptHistory[];
  readonly unjudged: readonly UnjudgedRange[];
  readonly stopped: string | undefined;
}

/** What one process hands back of a fleet; `reports/fleet-*.json` holds it. */
export interface ShardResult extends Omit<ShareResult, 'stopped'> {
  readonly format: 'fleet-part-1';
  readonly part: Shard;
  readonly project: string;
  readonly load: FleetLoad;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
  /** False while the part is still running, or when it died. */
  readonly finished: boolean;
}

/** A whole fleet, or as much of it as there are parts. */
export interface FleetResult extends Omit<ShareResult, 'stopped' | 'span'> {
  readonly project: string;
  readonly load: FleetLoad;
  readonly parts: readonly ShardResult[];
  /** How many members should have been judged. */
  readonly expected: number;
  readonly durationMs: number;
  readonly threads: number;
  readonly stopped: readonly string[];
}

/**
 * One result over all members of all parts: distributions merged, isolation checked across everybody, and whoever is in no
 * part named. Throws when the parts do not belong to one fleet.
 */
export function fleetResult(parts: readonly ShardResult[], of: 'these parts' | 'the whole fleet'): FleetResult {
  const [first] = parts;
  if (first === undefined) throw new Error('Fleet: expected the result of at least one part, got none.');
  refuseStrangers(first, parts);
  const slices = parts.map((part) => ({ ...part, stopped: undefined }));
  const all = combined(first.span, slices);
  const missing = of === 'the whole fleet' ? missingParts(first, parts) : [];
  const died = parts.filter(({ finished }) => !finished).map(diedPart);
  const unjudged = [...all.unjudged, ...died, ...missing];
  const stopped = [...new Set(parts.flatMap((part) => part.stopped))];
  return {
    ...all,
    members: crossIsolation(all.members),
    unjudged,
    project: first.project,
    load: first.load,
    parts,
    expected: of === 'the whole fleet' ? first.load.connections : parts.reduce((sum, { span }) => sum + span.count, 0),
    durationMs: Math.max(...parts.map(({ durationMs }) => durationMs)),
    threads: parts.reduce((sum, { threads }) => sum + threads, 0),
    stopped,
  };
}

function refuseStrangers(first: ShardResult, parts: readonly ShardResult[]): void {
  const loads = new Set(parts.map(({ load, project, part }) => JSON.stringify([project, part.of, load])));
  if (loads.size > 1) {
    throw new Error(
      `Fleet: expected parts of one fleet (project, load and number of parts alike), got ${[...loads].join(' and ')}. Merge the results of one run.`,
    );
  }
  const numbers = parts.map(({ part }) => part.current);
  const twice = numbers.find((number, position) => numbers.indexOf(number) !== position);
  if (twice !== undefined)
    throw new Error(`Fleet: part ${twice} of ${first.part.of} was given twice. Give each part once.`);
}

function missingParts({ part, load }: ShardResult, parts: readonly ShardResult[]): FleetResult['unjudged'] {
  const present = new Set(parts.map((each) => each.part.current));
  return Array.from({ length: part.of }, (_, index) => index + 1)
    .filter((current) => !present.has(current))
    .map((current) => {
      const span = rangeOfShard({ current, of: part.of }, load.connections);
      return { span, because: `${nameOfRange(span)}: there is no result of part ${current} of ${part.of}` };
    });
}

function diedPart({ span, part }: ShardResult): FleetResult['unjudged'][number] {
  return { span, because: `${nameOfRange(span)}: part ${part.current} of ${part.of} began and never finished` };
}

/** The members that did not pass, the certain failures first, then by number. */
export function failing({ members }: Pick<FleetResult, 'members'>): readonly UserResult[] {
  const bad = members.filter(({ outcome }) => outcome !== 'passed');
  return bad.toSorted((a, b) => a.outcome.localeCompare(b.outcome) || a.number - b.number);
}

type Combined = Pick<
  ShardResult,
  'span' | 'members' | 'phases' | 'lag' | 'lagWindows' | 'kept' | 'unjudged' | 'stopped'
>;

/** The results of several slices as one: members in order, distributions merged. */
export function combined(span: UserRange, slices: readonly ShareResult[]): Combined {
  return {
    span,
    members: slices.flatMap(({ members }) => members).toSorted((a, b) => a.number - b.number),
    phases: mergeByName(
      LATENCY_METRICS,
      slices.map(({ phases }) => phases),
    ),
    lag: mergeByName(
      LATENCY_METRICS,
      slices.map(({ lag }) => lag),
    ),
    lagWindows: slices.flatMap(({ lagWindows }) => lagWindows).toSorted((a, b) => a.atMs - b.atMs),
    kept: slices.flatMap(({ kept }) => kept).toSorted((a, b) => a.number - b.number),
    unjudged: slices.flatMap(({ unjudged }) => unjudged),
    stopped: [...new Set(slices.flatMap(({ stopped }) => stopped ?? []))],
  };
}
