import type { TwinOverride } from '../../fixtures/options.ts';
import type { Provocation } from '../../src/twin/fault.ts';
import { FAULTS } from '../../src/twin/faults/index.ts';

/** One twin that the contract runs against, and what that must come to. */
export interface Case {
  readonly kind: 'fault' | 'benign';
  readonly name: string;
  readonly override: TwinOverride;
  readonly provokes: readonly Provocation[];
  readonly entails: readonly Provocation[];
  readonly diagnosis: string | undefined;
}

const faultCases = (): readonly Case[] =>
  FAULTS.map(({ name, provokes, entails = [], diagnosis, tokens }) => ({
    kind: provokes.length === 0 ? 'benign' : 'fault',
    name,
    override: { fault: name, ...(tokens !== undefined && { tokens }) },
    provokes,
    entails,
    diagnosis,
  }));

const healthy: Case = {
  kind: 'benign',
  name: 'healthy',
  override: {},
  provokes: [],
  entails: [],
  diagnosis: undefined,
};

/** Every case of the matrix. */
export const CASES: readonly Case[] = [healthy, ...faultCases()];
