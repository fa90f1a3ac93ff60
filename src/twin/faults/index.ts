import type { Fault } from '../fault.ts';

/** Every misbehaviour that the twin knows. */
export const FAULTS: readonly Fault[] = [];
