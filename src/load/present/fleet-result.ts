import { crossIsolation } from '../observe/cross-isolation.ts';
import { combined } from '../execute/combine-shares.ts';
import type { FleetLoad } from '../execute/load.ts';
import type { UserResult } from '../observe/user-result.ts';
import type { ShardResult, ShareResult } from '../execute/shard-result.ts';
import { nameOfRange, rangeOfShard } from '../execute/user-range.ts';

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
