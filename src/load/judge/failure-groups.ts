import type { Bounds } from './binomial.ts';
import { exactInterval } from './binomial.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';

/** Whether a failure comes every time, and when (failure notes §2.5, rule 3). */
export const RECURRENCES = ['deterministic', 'always, at varying times', 'in one stretch', 'intermittent'] as const;

export type Recurrence = (typeof RECURRENCES)[number];

/** All failures with one signature. Times are milliseconds. */
export interface FailureGroup {
  readonly signature: string;
  readonly count: number;
  readonly tried: number;
  /** Share of all attempts, from 0 to 1, and the interval that holds it with 95 % confidence. */
  readonly rate: number;
  readonly interval: Bounds;
  readonly recurrence: Recurrence;
  /** From the upgrade request to the end: earliest and latest; absent where no end was seen. */
  readonly ages?: { readonly least: number; readonly most: number };
  /** When the first and the last of them started, since the first attempt of all. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly connections: readonly string[];
  readonly entries: readonly number[];
}

const CONFIDENCE = 0.95;
const TIGHT_MS = 50;
const TIGHT_SHARE = 0.25;
const STRETCH_AT_LEAST = 3;

/** The failures by signature, the most frequent first. */
export function failureGroups(observations: readonly Observation[]): readonly FailureGroup[] {
  const tried = verified(observations).toSorted((one, other) => one.startedAtMs - other.startedAtMs);
  const failed = tried.filter(({ outcome }) => outcome === 'failed');
  const signatures = [...new Set(failed.map(({ signature }) => signature))];
  return signatures.map((signature) => groupOf(signature, tried)).toSorted((one, other) => other.count - one.count);
}

function groupOf(signature: string, tried: readonly Observation[]): FailureGroup {
  const members = tried.filter((observation) => observation.signature === signature);
  const beganMs = tried[0]?.startedAtMs ?? 0;
  const ages = agesOf(members);
  return {
    signature,
    count: members.length,
    tried: tried.length,
    rate: members.length / tried.length,
    interval: exactInterval(members.length, tried.length, CONFIDENCE),
    recurrence: recurrenceOf(members, tried, ages),
    ...(ages !== undefined && { ages }),
    firstAtMs: (members[0]?.startedAtMs ?? beganMs) - beganMs,
    lastAtMs: (members.at(-1)?.startedAtMs ?? beganMs) - beganMs,
    connections: members.map(({ connection }) => connection),
    entries: members.flatMap(({ entries }) => entries),
  };
}

function agesOf(members: readonly Observation[]): FailureGroup['ages'] {
  const ages = members.flatMap(({ endedAfterMs }) => (endedAfterMs === undefined ? [] : [endedAfterMs]));
  return ages.length === 0 ? undefined : { least: Math.min(...ages), most: Math.max(...ages) };
}

/** Every attempt failed alike; or those of one stretch of time and no others; or now one and then another. */
function recurrenceOf(
  members: readonly Observation[],
  tried: readonly Observation[],
  ages: FailureGroup['ages'],
): Recurrence {
  if (members.length === tried.length) {
    const tight = ages === undefined || ages.most - ages.least <= Math.max(TIGHT_MS, TIGHT_SHARE * ages.least);
    return tight ? 'deterministic' : 'always, at varying times';
  }
  const positions = members.map((member) => tried.indexOf(member));
  const unbroken = Math.max(...positions) - Math.min(...positions) === members.length - 1;
  return unbroken && members.length >= STRETCH_AT_LEAST ? 'in one stretch' : 'intermittent';
}
