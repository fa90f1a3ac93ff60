import { exactBounds } from '../judge/binomial.ts';
import { CONFIDENCE } from '../judge/gates.ts';
import type { Observation } from '../observe/observation.ts';
import { verified } from '../observe/observation.ts';

/** One number of a night that is followed over many nights. Rates are shares from 0 to 1. */
export interface Figure {
  readonly name: string;
  readonly value: number;
}

/** The rates of a night, each with the bound that its gate is judged on, and how many attempts they rest on. */
export function nightlyFigures(observations: readonly Observation[]): readonly Figure[] {
  const tried = verified(observations);
  const failed = tried.filter(({ outcome }) => outcome === 'failed').length;
  const internal = tried.filter(({ internalError }) => internalError).length;
  const asked = tried.reduce((sum, { runs }) => sum + runs.asked, 0);
  const complete = tried.reduce((sum, { runs }) => sum + runs.complete, 0);
  return [
    { name: 'connections.tried', value: tried.length },
    ...rate('connections.success_rate', tried.length - failed, tried.length, 'lower'),
    ...rate('connections.internal_error_rate', internal, tried.length, 'upper'),
    ...rate('runs.complete_rate', complete, asked, 'lower'),
  ];
}

function rate(name: string, hits: number, trials: number, bound: 'lower' | 'upper'): readonly Figure[] {
  if (trials === 0) return [];
  const bounds = exactBounds(hits, trials, CONFIDENCE);
  return [
    { name, value: hits / trials },
    { name: `${name}.${bound}_bound`, value: bounds[bound] },
  ];
}
