import type { ExchangeProbe } from './exchange.ts';
import { exchangedIdentities } from './identity-exchanged.ts';
import { givenIdentities } from './identity-given.ts';
import { mintedIdentities } from './identity-minted.ts';

/** A test user with a token of its own. */
export interface Identity {
  readonly userId: string;
  readonly token: string;
  readonly source: 'minted' | 'exchanged' | 'given';
}

/** Why there is no identity, and what to do. */
export interface IdentityRefused {
  readonly because: string;
  /** HTTP status and body of the auth service, when it answered. */
  readonly status?: number;
  readonly body?: string;
  readonly cause?: unknown;
}

/** Gives every caller another user. */
export interface Identities {
  /** Never throws for a refusal. */
  next(): Promise<Identity | IdentityRefused>;
  /**
   * Says that all clients of the test are gone: users of a list and given tokens may be handed out again. Users of a pattern
   * and exchanged users never are.
   */
  recycle(): void;
}

/** How tokens are come by, once the target is known: the twin's own secret is a `mint`. */
export type CredentialSource =
  | { readonly kind: 'mint'; readonly secret: string }
  | {
      readonly kind: 'exchange';
      readonly authUrl: string;
      readonly simulationKey: string;
      readonly deadlineMs?: number;
      readonly observe?: (probe: ExchangeProbe) => void;
    }
  | { readonly kind: 'given'; readonly tokens: readonly string[] };

/** Who asks for identities. */
export interface IdentityOptions<Source extends CredentialSource = CredentialSource> {
  readonly source: Source;
  /** A list of user ids, or a pattern with `{uuid}` or `{n}`; used where tokens are minted. */
  readonly users: readonly string[] | { readonly pattern: string };
  /** Playwright's `parallelIndex`: below `lanes`, taken over by the worker that replaces a failed one. */
  readonly lane: number;
  /** Number of workers, among which lists are divided. */
  readonly lanes: number;
  /** Playwright's `workerIndex`: never taken over, so that no worker meets the numbered users of another. Default: `lane`. */
  readonly workerIndex?: number;
  /** Shift of the numbered users, the same in all workers of a run. Default 0. */
  readonly start?: number;
  /** Clock, in seconds since 1970. */
  readonly nowS: () => number;
}

/** Identities of one worker. Concurrent workers get other users as long as their lanes differ. */
export function createIdentities(options: IdentityOptions): Identities {
  const { source } = options;
  switch (source.kind) {
    case 'mint':
      return mintedIdentities({ ...options, source });
    case 'exchange':
      return exchangedIdentities({ ...options, source });
    case 'given':
      return givenIdentities({ ...options, source });
  }
}
