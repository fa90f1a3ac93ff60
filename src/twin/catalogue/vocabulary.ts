import { ALL_FAULTS } from './faults/index.ts';
import { PROFILES } from './profiles/index.ts';

/** The names that TWIN_PROFILE and TWIN_FAULT understand. */
export const TWIN_VOCABULARY: { readonly profiles: readonly string[]; readonly faults: readonly string[] } = {
  profiles: PROFILES.map(({ name }) => name),
  faults: ALL_FAULTS.map(({ name }) => name),
};
