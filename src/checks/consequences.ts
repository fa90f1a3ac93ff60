import type { FindingCode } from './findings.ts';

/**
 * Doubts that only repeat, for one more property, that a connection came to nothing. What prevented it is found by another
 * check of the same history.
 */
export const CONSEQUENCES: readonly FindingCode[] = ['not-connected', 'not-welcomed', 'not-served'];
