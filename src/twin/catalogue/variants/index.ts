import type { Profile } from '../profile.ts';
import { EVENT_VARIANT_PROFILES } from './events.ts';
import { PRODUCT_CLIENT_VARIANTS } from './product-clients.ts';
import { REFUSAL_VARIANTS } from './refusals.ts';
import { RUN_VARIANTS } from './runs.ts';
import { WELCOME_VARIANTS } from './welcomes.ts';
import { WIRE_VARIANTS } from './wires.ts';

/** Legitimate variants of beta-9, each with one difference: a project must accept every one of them. */
export const VARIANTS: readonly Profile[] = [
  ...WELCOME_VARIANTS,
  ...EVENT_VARIANT_PROFILES,
  ...RUN_VARIANTS,
  ...REFUSAL_VARIANTS,
  ...WIRE_VARIANTS,
  ...PRODUCT_CLIENT_VARIANTS,
];
