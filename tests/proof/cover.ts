import type { Fault } from '../../src/twin/fault.ts';
import { FAULTS } from '../../src/twin/faults/index.ts';
import type { Profile } from '../../src/twin/profile.ts';
import { PROFILES } from '../../src/twin/profiles/index.ts';
import { signatureOf } from './expectations.ts';

const EVERYTHING = process.env['PROOF'] === 'all';

/** As many faults as it takes to provoke every finding that any fault provokes; all of them with `PROOF=all`. */
export const PLAYED_FAULTS: readonly Fault[] = EVERYTHING ? FAULTS : cover();

/** The versions of the protocol; their variants too with `PROOF=all`. */
export const PLAYED_PROFILES: readonly Profile[] = EVERYTHING
  ? PROFILES
  : PROFILES.filter(({ name }) => !name.includes('/'));

function cover(): readonly Fault[] {
  const provoked = new Set<string>();
  return FAULTS.filter(({ provokes }) => {
    const fresh = provokes.map(signatureOf).filter((signature) => !provoked.has(signature));
    for (const signature of fresh) provoked.add(signature);
    return fresh.length > 0 || provokes.length === 0;
  });
}
