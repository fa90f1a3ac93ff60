import type { Fault } from '../twin/catalogue/fault.ts';
import { FAULTS } from '../twin/catalogue/faults/index.ts';
import type { Profile } from '../twin/catalogue/profile.ts';
import { PROFILES } from '../twin/catalogue/profiles/index.ts';
import { findingSignature } from './expectations.ts';

const EVERYTHING = process.env['PROOF'] === 'all';

/** As many faults as it takes to provoke every finding that any fault must find; all of them with `PROOF=all`. */
export const PLAYED_FAULTS: readonly Fault[] = EVERYTHING ? FAULTS : cover();

/** The versions of the protocol; their variants too with `PROOF=all`. */
export const PLAYED_PROFILES: readonly Profile[] = EVERYTHING
  ? PROFILES
  : PROFILES.filter(({ name }) => !name.includes('/'));

function cover(): readonly Fault[] {
  const provoked = new Set<string>();
  return FAULTS.filter(({ mustFind }) => {
    const fresh = mustFind.map(findingSignature).filter((signature) => !provoked.has(signature));
    for (const signature of fresh) provoked.add(signature);
    return fresh.length > 0 || mustFind.length === 0;
  });
}
