import { CLIENT_PROMISES } from '../../protocol/client-promises.ts';
import type { ClientPromise } from '../../protocol/client-promises.ts';

/** The settings of a project whose target keeps every promise to the product's own clients but these. */
export function keepingAllBut(...broken: readonly ClientPromise[]): { readonly TWIN_CLIENT_PROMISES: string } {
  return { TWIN_CLIENT_PROMISES: CLIENT_PROMISES.filter((promise) => !broken.includes(promise)).join(',') };
}

/** The settings of a project whose target was not seen to keep any of them. */
export const KEEPING_NONE = { TWIN_CLIENT_PROMISES: 'none' } as const;
