import { text, wholeNumber } from './kinds.ts';
import { withDefault } from './row.ts';

/** How the embedded backend behaves. */
export const TWIN_VARIABLES = {
  TWIN_PROFILE: withDefault(text(), 'beta-9', {
    about: 'Protocol version that the twin speaks.',
    twinOnly: true,
  }),
  TWIN_FAULT: withDefault(text(), 'none', {
    about: 'Faults joined by +, each optionally with a rate: name+other@0.02. none: behave well.',
    twinOnly: true,
  }),
  TWIN_SEED: withDefault(wholeNumber(0, 4_294_967_295), '1', {
    about: 'Seed of everything random in the twin.',
    twinOnly: true,
  }),
};
