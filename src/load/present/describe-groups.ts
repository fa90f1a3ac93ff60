import type { Bounds } from '../judge/binomial.ts';
import type { FailureGroup } from '../judge/failure-groups.ts';

/** A share of 0 to 1 as percent with one decimal, such as `98.0 %`; two where one would show nothing but zero. */
export function percent(share: number): string {
  const value = share * 100;
  return `${value.toFixed(value > 0 && value < 0.1 ? 2 : 1)} %`;
}

/** A count as a rate with its bounds. */
export function rateText(hits: number, trials: number, { lower, upper }: Bounds): string {
  const share = trials === 0 ? 'none tried' : percent(hits / trials);
  return `${hits} of ${trials} (${share}; between ${percent(lower)} and ${percent(upper)})`;
}

/** One group of failures as a clause. */
export function describeGroup(group: FailureGroup): string {
  const { signature, count, tried, interval, recurrence, ages, firstAtMs, lastAtMs } = group;
  const age = ages === undefined ? '' : `, ${span(ages.least, ages.most)} ms after the upgrade request`;
  const when = `from ${seconds(firstAtMs)} to ${seconds(lastAtMs)} s into the run`;
  return `${signature}: ${rateText(count, tried, interval)}, ${recurrence}${age}, ${when}`;
}

/** Groups as one clause, the most frequent first; empty when nothing failed. */
export function describeGroups(groups: readonly FailureGroup[]): string {
  return groups.length === 0 ? '' : `; seen: ${groups.map(describeGroup).join('; ')}`;
}

function span(least: number, most: number): string {
  const [from, to] = [Math.round(least), Math.round(most)];
  return from === to ? String(from) : `${from} to ${to}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
