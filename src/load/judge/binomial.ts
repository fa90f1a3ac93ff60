import quantile from '@stdlib/stats-base-dists-beta-quantile';

/** How sure every verdict over a rate is. */
export const CONFIDENCE = 0.95;

/** Where a rate lies, from 0 to 1. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * The bounds of a rate of which `hits` in `trials` were seen, exact for a binomial count (Clopper and Pearson 1934). Each
 * bound by itself holds with the given confidence: this is what a gate with one limit is judged on. Without any trial the
 * rate may be anything. Throws a RangeError for counts that no experiment gives.
 */
export function exactBounds(hits: number, trials: number, confidence: number): Bounds {
  assertCounts(hits, trials);
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`Expected a confidence between 0 and 1, such as 0.95, got ${confidence}.`);
  }
  return {
    lower: hits === 0 ? 0 : quantile(1 - confidence, hits, trials - hits + 1),
    upper: hits === trials ? 1 : quantile(confidence, hits + 1, trials - hits),
  };
}

/** The interval that holds the rate with the given confidence: both bounds at once, half of the doubt on each side. */
export function exactInterval(hits: number, trials: number, confidence: number): Bounds {
  return exactBounds(hits, trials, (1 + confidence) / 2);
}

/** How many trials it takes to show that a rate is below `limit`, when `hits` are seen among them. */
export function trialsToShowBelow(limit: number, hits: number, confidence: number): number {
  const shown = (trials: number): boolean => exactBounds(hits, trials, confidence).upper < limit;
  let enough = hits + 1;
  while (!shown(enough)) enough *= 2;
  let tooFew = Math.floor(enough / 2);
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (middle > hits && shown(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function assertCounts(hits: number, trials: number): void {
  const whole = Number.isInteger(hits) && Number.isInteger(trials);
  if (whole && hits >= 0 && trials >= hits) return;
  throw new RangeError(`Expected whole counts with 0 <= hits <= trials, got ${hits} hits in ${trials} trials.`);
}

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
