import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import type { ProbeName } from '../history/probe-names.ts';

/** What to look at next; pointless where one of the probes has given the answer already. */
export type NextStep = string | { readonly step: string; readonly answeredBy: readonly ProbeName[] };

/** The words of a step. */
export function stepText(next: NextStep): string {
  return typeof next === 'string' ? next : next.step;
}

/** The words of the steps that none of the probes has answered. */
export function openSteps(steps: readonly NextStep[], answered: readonly ProbeName[]): readonly string[] {
  const isOpen = (next: NextStep): boolean =>
    typeof next === 'string' || !next.answeredBy.some((name) => answered.includes(name));
  return steps.filter(isOpen).map(stepText);
}

/** The names of the probes that got an answer, each once. */
export function answeredProbes(history: History): readonly ProbeName[] {
  const answered = allOf(history, 'probe').filter(({ error }) => error === undefined);
  return [...new Set(answered.map(({ name }) => name))];
}
