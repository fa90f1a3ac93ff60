import type { Entry } from '../history/entry.ts';

/** How long one connection waited for something, in milliseconds. */
export interface Waited {
  readonly name: string;
  readonly from: Entry;
  readonly to: Entry;
  readonly tookMs: number;
}

/** What was waited for, what it came after, and how long it may take. */
interface ExpectedWait {
  readonly what: string;
  readonly after: string;
  readonly budgetMs: number;
}

/** The waits that were too long, as one finding; `worst` is the longest. */
interface Late {
  readonly worst: Waited;
  readonly expected: string;
  readonly found: string;
  readonly because: string;
  readonly entries: readonly number[];
  readonly connection: string;
}

/** The wait of a connection between two entries. */
export function waited(name: string, from: Entry, to: Entry): Waited {
  return { name, from, to, tookMs: to.atMs - from.atMs };
}

/** What the late ones among several waits have in common; `undefined` when all were in time. */
export function lateWaits(waits: readonly Waited[], { what, after, budgetMs }: ExpectedWait): Late | undefined {
  const late = waits.filter(({ tookMs }) => tookMs > budgetMs).toSorted((a, b) => b.tookMs - a.tookMs);
  const [worst] = late;
  if (worst === undefined) return undefined;
  const allowed = `${budgetMs} ms are allowed`;
  const because =
    late.length === 1
      ? `the ${what} (#${worst.to.index}) came ${Math.round(worst.tookMs)} ms after ${after}; ${allowed}`
      : `${late.length} of ${waits.length} ${what}s came late: ${listed(late)} after ${after}; ${allowed}${lawOf(waits)}`;
  return {
    worst,
    expected: `${article(what)} within ${budgetMs} ms of ${after}`,
    found: `${article(what)} after ${Math.round(worst.tookMs)} ms`,
    because,
    entries: late.flatMap(({ from, to }) => [from.index, to.index]).toSorted((a, b) => a - b),
    connection: worst.name,
  };
}

const MOST_LISTED = 12;

function listed(waits: readonly Waited[]): string {
  const shown = waits
    .toSorted((a, b) => a.tookMs - b.tookMs)
    .slice(0, MOST_LISTED)
    .map(({ name, tookMs }) => `${name} ${Math.round(tookMs)} ms`);
  const more = waits.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

const FEWEST_FOR_A_LAW = 3;

/**
 * How the waits of connections that began together grow, as a clause. Where they grow evenly, the step is the law. Where a
 * server pauses several times for each connection, all waits end together, and the law is the share of each.
 */
function lawOf(waits: readonly Waited[]): string {
  const firstEndMs = Math.min(...waits.map(({ to: { atMs } }) => atMs));
  const together = waits.filter(({ from }) => from.atMs < firstEndMs);
  const times = together.map(({ tookMs }) => tookMs).toSorted((a, b) => a - b);
  const [shortest, longest] = [times[0] ?? 0, times.at(-1) ?? 0];
  if (times.length < FEWEST_FOR_A_LAW) return '';
  const stepMs = (longest - shortest) / (times.length - 1);
  const isEven = times.every((time, position) => Math.abs(time - shortest - position * stepMs) <= stepMs / 2);
  if (isEven && stepMs > shortest / times.length / 2)
    return `; each further user waits ${seconds(stepMs)} more: they are served one by one`;
  const share = seconds(longest / times.length);
  return `; ${times.length} connected together and the last waited ${seconds(longest)}, as it is when each further user waits ${share} more: they are served one by one`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function article(what: string): string {
  return `${/^[aeiou]/.test(what) ? 'an' : 'a'} ${what}`;
}
