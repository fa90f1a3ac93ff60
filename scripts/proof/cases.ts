import type { TwinOverride } from '../../fixtures/options.ts';
import type { Provocation } from '../../src/twin/fault.ts';
import { FAULTS } from '../../src/twin/faults/index.ts';
import { PROFILES } from '../../src/twin/profiles/index.ts';
import { COMBINATIONS, alone } from './combinations.ts';

/** One twin that the contract runs against, and what that must come to. */
export interface Case {
  readonly kind: 'fault' | 'benign';
  readonly name: string;
  readonly override: TwinOverride;
  readonly provokes: readonly Provocation[];
  readonly entails: readonly Provocation[];
  readonly diagnosis: string | undefined;
}

const FAULT_CASES = [...FAULTS.map(alone), ...COMBINATIONS].map(
  ({ name, provokes, entails = [], diagnosis, tokens }): Case => ({
    kind: provokes.length === 0 ? 'benign' : 'fault',
    name,
    override: { fault: name, ...(tokens !== undefined && { tokens }) },
    provokes,
    entails,
    diagnosis,
  }),
);

const BENIGN_CASES: readonly Case[] = PROFILES.map(({ name, variables, leavesOpen = [] }) => ({
  kind: 'benign',
  name,
  override: { profile: name, ...(variables !== undefined && { variables }) },
  provokes: leavesOpen,
  entails: [],
  diagnosis: undefined,
}));

/** Every case of the matrix, the healthy twin first. */
export const CASES: readonly Case[] = [...BENIGN_CASES, ...FAULT_CASES];
