import { VARIANTS } from '../variants/index.ts';
import type { Profile } from '../profile.ts';
import { BETA_9 } from './beta-9.ts';
import { BETA_10, BETA_12, BETA_14, BETA_17 } from './later-observed.ts';
import { BETA_12_INTENDED, BETA_14_INTENDED } from './later.ts';
import { OCTOBER_2025, OCTOBER_2025_WELCOME_LAST } from './october-2025.ts';

/** Every protocol version that the twin speaks, the default first, and the legitimate variants of the default. */
export const PROFILES: readonly Profile[] = [
  BETA_9,
  BETA_10,
  BETA_12,
  BETA_14,
  BETA_17,
  OCTOBER_2025,
  OCTOBER_2025_WELCOME_LAST,
  BETA_12_INTENDED,
  BETA_14_INTENDED,
  ...VARIANTS,
];

/** The profile of a name. Throws when there is none, with the valid names. */
export function profileNamed(name: string): Profile {
  const profile = PROFILES.find((candidate) => candidate.name === name);
  if (profile !== undefined) return profile;
  const names = PROFILES.map((candidate) => candidate.name).join(', ');
  throw new Error(`Twin profile: expected one of ${names}, got "${name}". Name one of them in TWIN_PROFILE.`);
}
