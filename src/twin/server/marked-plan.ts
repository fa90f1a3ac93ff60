import type { Plan, Step } from './plan.ts';

/**
 * The changed plan, with a mark where it first departs from the healthy one, so that the fault is reported when that
 * point is reached and not before. A plan that did not change is returned as it is.
 */
export function markedPlan(healthy: Plan, changed: Plan, name: string): Plan {
  const at = firstDifference(healthy, changed);
  if (at === undefined) return changed;
  const before = healthy[at];
  const after = changed[at];
  const mark = { name, hit: labelHit(before, after, changed) };
  if (after === undefined || isLater(before, after)) {
    const marker: Step = { label: name, afterMs: 0, act: { kind: 'nothing' }, marks: [mark] };
    return changed.toSpliced(at, 0, marker);
  }
  return changed.with(at, { ...after, marks: [...(after.marks ?? []), mark] });
}

function firstDifference(healthy: Plan, changed: Plan): number | undefined {
  const length = Math.max(healthy.length, changed.length);
  for (let at = 0; at < length; at++) if (healthy[at] !== changed[at]) return at;
  return undefined;
}

/** What was replaced, left out or moved; or, where nothing of that happened, what was put in. */
function labelHit(before: Step | undefined, after: Step | undefined, changed: Plan): string {
  return (before !== undefined && !changed.includes(before) ? before : (after ?? before))?.label ?? '';
}

/** A delay is felt from its beginning; everything else when it is done. */
function isLater(before: Step | undefined, after: Step): boolean {
  return before !== undefined && before.label === after.label && after.afterMs > before.afterMs;
}
