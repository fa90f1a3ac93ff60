import { extremesOf } from '../../history/extremes.ts';
import type { Looks } from '../../failures/recurrence.ts';
import { looksOf } from '../../failures/recurrence.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';
import type { Bounds } from './binomial.ts';
import { CONFIDENCE, exactInterval, rateText } from './binomial.ts';

/** How a failure comes back; `in a row` is an intermittent one of consecutive attempts and no others. */
export type GroupRecurrence = Looks | 'in a row';

/** All failures with one signature. Times are milliseconds. */
export interface FailureGroup {
  readonly signature: string;
  readonly count: number;
  readonly tried: number;
  /** Share of all attempts, from 0 to 1, and the interval that holds it with 95 % confidence. */
  readonly rate: number;
  readonly interval: Bounds;
  readonly recurrence: GroupRecurrence;
  /** From the upgrade request to the end: earliest and latest; absent where no end was seen. */
  readonly ages?: { readonly least: number; readonly most: number };
  /** When the first and the last of them started, since the first attempt of all. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly connections: readonly string[];
  readonly entries: readonly number[];
}

const LEAST_IN_A_ROW = 3;

/** The failures by signature, the most frequent first. */
export function failureGroups(observations: readonly Observation[]): readonly FailureGroup[] {
  const tried = verified(observations).toSorted((one, other) => one.startedAtMs - other.startedAtMs);
  const failures = tried.filter(({ outcome }) => outcome === 'failed');
  const signatures = [...new Set(failures.map(({ signature }) => signature))];
  return signatures.map((signature) => groupOf(signature, tried)).toSorted((one, other) => other.count - one.count);
}

function groupOf(signature: string, tried: readonly Observation[]): FailureGroup {
  const failed = tried.filter((observation) => observation.signature === signature);
  const beganMs = tried[0]?.startedAtMs ?? 0;
  const endedAfterMs = failed.flatMap((observation) => observation.endedAfterMs ?? []);
  const ages = agesOf(endedAfterMs);
  return {
    signature,
    count: failed.length,
    tried: tried.length,
    rate: failed.length / tried.length,
    interval: exactInterval(failed.length, tried.length, CONFIDENCE),
    recurrence: recurrenceOf(failed, tried, endedAfterMs),
    ...(ages !== undefined && { ages }),
    firstAtMs: (failed[0]?.startedAtMs ?? beganMs) - beganMs,
    lastAtMs: (failed.at(-1)?.startedAtMs ?? beganMs) - beganMs,
    connections: failed.map(({ connection }) => connection),
    entries: failed.flatMap(({ entries }) => entries),
  };
}

function agesOf(endedAfterMs: readonly number[]): FailureGroup['ages'] {
  return extremesOf(endedAfterMs);
}

function recurrenceOf(
  failed: readonly Observation[],
  tried: readonly Observation[],
  endedAfterMs: readonly number[],
): GroupRecurrence {
  const looks = looksOf(tried.length, failed.length, endedAfterMs);
  if (looks !== 'intermittent' || failed.length < LEAST_IN_A_ROW) return looks;
  const positions = failed.map((observation) => tried.indexOf(observation));
  const { least = 0, most = 0 } = extremesOf(positions) ?? {};
  const isUnbroken = most - least === failed.length - 1;
  return isUnbroken ? 'in a row' : looks;
}

/** One group of failures as a clause. */
export function describeGroup(group: FailureGroup): string {
  const { signature, count, tried, interval, recurrence, ages, firstAtMs, lastAtMs } = group;
  const age = ages === undefined ? '' : `, ${fromTo(ages.least, ages.most)} ms after the upgrade request`;
  const when = `from ${seconds(firstAtMs)} to ${seconds(lastAtMs)} s into the run`;
  return `${signature}: ${rateText(count, tried, interval)}, ${recurrence}${age}, ${when}`;
}

/** Groups as one clause, the most frequent first; empty when nothing failed. */
export function describeGroups(groups: readonly FailureGroup[]): string {
  return groups.length === 0 ? '' : `; seen: ${groups.map(describeGroup).join('; ')}`;
}

function fromTo(least: number, most: number): string {
  const [from, to] = [Math.round(least), Math.round(most)];
  return from === to ? String(from) : `${from} to ${to}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
