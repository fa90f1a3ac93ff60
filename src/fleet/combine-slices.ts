import { mergeByName } from './histograms.ts';
import type { PartResult, SliceResult } from './part-result.ts';
import { PHASES } from './phases.ts';
import type { Span } from './span.ts';

type Combined = Pick<
  PartResult,
  'span' | 'members' | 'phases' | 'lag' | 'lagWindows' | 'kept' | 'unjudged' | 'stopped'
>;

/** The results of several slices as one: members in order, distributions merged. */
export function combined(span: Span, slices: readonly SliceResult[]): Combined {
  return {
    span,
    members: slices.flatMap(({ members }) => members).toSorted((a, b) => a.number - b.number),
    phases: mergeByName(
      PHASES,
      slices.map(({ phases }) => phases),
    ),
    lag: mergeByName(
      PHASES,
      slices.map(({ lag }) => lag),
    ),
    lagWindows: slices.flatMap(({ lagWindows }) => lagWindows).toSorted((a, b) => a.atMs - b.atMs),
    kept: slices.flatMap(({ kept }) => kept).toSorted((a, b) => a.number - b.number),
    unjudged: slices.flatMap(({ unjudged }) => unjudged),
    stopped: [...new Set(slices.flatMap(({ stopped }) => stopped ?? []))],
  };
}
