import type { TwinOverride } from '../../../fixtures/options.ts';
import type { ExpectedFinding } from '../../twin/catalogue/fault.ts';
import { FAULTS } from '../../twin/catalogue/faults/index.ts';
import { PROFILES } from '../../twin/catalogue/profiles/index.ts';
import { COMBINATIONS, alone } from './combinations.ts';

/** One twin that the contract runs against, and what that must come to. */
export interface Case {
  readonly kind: 'fault' | 'variant';
  readonly name: string;
  readonly override: TwinOverride;
  readonly mustFind: readonly ExpectedFinding[];
  readonly mayAlsoFind: readonly ExpectedFinding[];
  readonly diagnosis: string | undefined;
}

const FAULT_CASES = [...FAULTS.map(alone), ...COMBINATIONS].map(
  ({ name, mustFind, mayAlsoFind = [], diagnosis, tokens }): Case => ({
    kind: mustFind.length === 0 ? 'variant' : 'fault',
    name,
    override: { fault: name, ...(tokens !== undefined && { tokens }) },
    mustFind,
    mayAlsoFind,
    diagnosis,
  }),
);

const BENIGN_CASES: readonly Case[] = PROFILES.map(({ name, variables, breaks = [], leavesOpen = [] }) => ({
  kind: 'variant',
  name,
  override: { profile: name, ...(variables !== undefined && { variables }) },
  mustFind: [...breaks, ...leavesOpen],
  mayAlsoFind: [],
  diagnosis: undefined,
}));

/** Every case of the matrix, the healthy twin first. */
export const CASES: readonly Case[] = [...BENIGN_CASES, ...FAULT_CASES];
