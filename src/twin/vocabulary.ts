/** The names that settings may use for the twin. */
export const TWIN_VOCABULARY: { readonly profiles: readonly string[]; readonly faults: readonly string[] } = {
  profiles: ['beta-9'],
  faults: [],
};
