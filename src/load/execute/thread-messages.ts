import type { Identity, IdentityRefused } from '../../client/identities/identity.ts';
import type { ShareResult } from './shard-result.ts';
import type { FleetPlan } from './plan.ts';
import type { ShareOrders } from './run-share.ts';
import type { Progress } from './progress.ts';

/**
 * What a thread is started with. It gets tokens one by one, never the secret that they are made with; of the configured
 * secrets it gets the spellings, because its recorder must redact them before anything is kept.
 */
export interface ThreadOrders {
  readonly plan: FleetPlan;
  readonly orders: Omit<ShareOrders, 'barrier'>;
}

export type ToThread =
  | { readonly kind: 'identities'; readonly identities: readonly (Identity | IdentityRefused)[] }
  | { readonly kind: 'release' }
  | { readonly kind: 'stop'; readonly because: string };

export type FromThread =
  | { readonly kind: 'identities-wanted'; readonly count: number }
  | { readonly kind: 'tally'; readonly tally: Progress }
  | { readonly kind: 'at-barrier' }
  | { readonly kind: 'stopped'; readonly because: string }
  | { readonly kind: 'result'; readonly result: ShareResult };
