import type { Headers } from '../../history/entry.ts';
import type { Plan } from './plan.ts';

/** Why a token is no good. */
export const TOKEN_FLAWS = [
  'no-token',
  'malformed',
  'alg-none',
  'wrong-algorithm',
  'wrong-secret',
  'expired',
  'not-yet-valid',
  'wrong-issuer',
  'wrong-audience',
  'incomplete',
] as const;

export type TokenFlaw = (typeof TOKEN_FLAWS)[number];

/** What a presented token is worth; a good one until `expiresAtMs` (epoch). `claimedUserId` is the unverified `sub` of a bad one; empty when it has none. */
export type Credential =
  | { readonly valid: true; readonly userId: string; readonly expiresAtMs?: number }
  | { readonly valid: false; readonly flaw: TokenFlaw; readonly claimedUserId: string };

export type FlawedCredential = Extract<Credential, { readonly valid: false }>;

/** One upgrade request, as the server sees it. */
export interface UpgradeAttempt {
  /** Counts the upgrade requests of this twin from 1. */
  readonly number: number;
  readonly clientPort: number | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Headers;
  /** Offered subprotocols, in order of preference. */
  readonly offered: readonly string[];
  /** Whether it carries E2E headers (protocol notes §4.2). */
  readonly marked: boolean;
  readonly credential: Credential;
}

/** A user who was admitted. */
export interface Admission {
  readonly userId: string;
  readonly marked: boolean;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

/** How the upgrade is accepted. */
interface Acceptance {
  /** Empty for none. */
  readonly subprotocol: string;
  /** How long the answer takes. */
  readonly afterMs?: number;
  /** More headers of the 101; one of a usual name replaces the usual one. */
  readonly headers?: Headers;
}

/** What the server answers to an upgrade request. */
export type Decision =
  | ({ readonly kind: 'open'; readonly userId: string } & Acceptance)
  /** Accepts the upgrade, plays the plan and never admits the client. */
  | ({ readonly kind: 'reject-after-upgrade'; readonly plan: Plan } & Acceptance)
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly headers: Headers;
      readonly body: string;
      /** The body never ends. */
      readonly stalls?: true;
    }
  /** Bytes in place of an HTTP answer, and then the end of the connection. */
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'cut' };
