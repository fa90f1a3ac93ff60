import type { ExchangeProbe } from './exchange.ts';

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
  /** A fresh token of a user, as a client gets one before its own expires; the same token where tokens are given. */
  renew(identity: Identity): Promise<Identity | IdentityRefused>;
  /**
   * Says that all clients of the test are gone: users of a list and given tokens may be handed out again. Users of a pattern
   * and exchanged users never are.
   */
  recycle(): void;
}

/** How tokens are obtained, once the target is known: the twin's own secret is a `mint`. */
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

/** Which worker needs identities, and of which users. */
export interface IdentityOptions<Source extends CredentialSource = CredentialSource> {
  readonly source: Source;
  /** A list of user ids, or a pattern with `{uuid}` or `{n}`; used where tokens are minted. */
  readonly users: readonly string[] | { readonly pattern: string };
  /** Playwright's `parallelIndex`: below `slots`, taken over by the worker that replaces a failed one. */
  readonly slot: number;
  /** Number of workers, among which lists are divided. */
  readonly slots: number;
  /** Playwright's `workerIndex`: never taken over, so that no worker gets the numbered users of another. Default: `slot`. */
  readonly workerIndex?: number;
  /** Shift of the numbered users, the same in all workers of a run. Default 0. */
  readonly start?: number;
  /** Clock, in seconds since 1970. */
  readonly nowS: () => number;
}
