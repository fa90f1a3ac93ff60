import { randomBytes, randomUUID } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import { claimsOf, mintToken } from './mint.ts';
import type { Claims } from './mint.ts';

/** The bad credentials that a deployment must refuse. */
export const BAD_TOKEN_KINDS = [
  'no-token',
  'malformed',
  'wrong-secret',
  'expired',
  'not-yet-valid',
  'alg-none',
  'wrong-issuer',
  'wrong-audience',
] as const;

/** One of {@link BAD_TOKEN_KINDS}. */
export type BadTokenKind = (typeof BAD_TOKEN_KINDS)[number];

/** What each bad credential is, in a sentence for the report. */
export const BAD_TOKENS: Readonly<Record<BadTokenKind, string>> = {
  'no-token': 'No credential at all.',
  malformed: 'A text that is not a JSON Web Token.',
  'wrong-secret': 'A token that is right in every claim, signed with a secret that nobody knows.',
  expired: 'A token that ended half an hour ago.',
  'not-yet-valid': 'A token that begins, and was issued, an hour from now.',
  'alg-none': 'A token that is right in every claim and says that it needs no signature.',
  'wrong-issuer': 'A token of another issuer, signed with the right secret.',
  'wrong-audience': 'A token for another audience, signed with the right secret.',
};

/** What is forged from. `secret` is the one that the deployment verifies with, where it is known. */
export interface ForgeOptions {
  readonly secret?: string;
  readonly userId: string;
  readonly nowS: number;
}

/** The credential, undefined where none is presented; or what is needed for the kind to mean what it says. */
export type Forged = { readonly token: string | undefined } | { readonly needs: 'JWT_SECRET' };

const MINUTE_S = 60;

/**
 * A bad credential. A kind that is about a single claim needs the real secret: signed with another, it would be refused for
 * its signature, and prove nothing about the claim.
 */
export async function forge(kind: BadTokenKind, { secret, userId, nowS }: ForgeOptions): Promise<Forged> {
  switch (kind) {
    case 'no-token':
      return { token: undefined };
    case 'malformed':
      return { token: 'not-a-json-web-token' };
    case 'alg-none':
      return { token: unsigned(userId, nowS) };
    case 'wrong-secret':
      return { token: await mintToken({ secret: randomBytes(32).toString('hex'), userId, nowS }) };
    case 'expired':
    case 'not-yet-valid':
    case 'wrong-issuer':
    case 'wrong-audience':
      if (secret === undefined) return { needs: 'JWT_SECRET' };
      return { token: await mintToken({ secret, userId, nowS, instead: wrongClaims(kind, Math.floor(nowS)) }) };
  }
}

type ClaimKind = Extract<BadTokenKind, 'expired' | 'not-yet-valid' | 'wrong-issuer' | 'wrong-audience'>;

function wrongClaims(kind: ClaimKind, nowS: number): Partial<Claims> {
  switch (kind) {
    case 'expired':
      return { iat: nowS - 60 * MINUTE_S, exp: nowS - 30 * MINUTE_S };
    case 'not-yet-valid':
      return { iat: nowS + 60 * MINUTE_S, nbf: nowS + 60 * MINUTE_S, exp: nowS + 75 * MINUTE_S };
    case 'wrong-issuer':
      return { iss: 'another-auth-service' };
    case 'wrong-audience':
      return { aud: 'another-platform' };
  }
}

function unsigned(userId: string, nowS: number): string {
  const claims = claimsOf({ userId, nowS, ttlS: 15 * MINUTE_S, jti: randomUUID() });
  return new UnsecuredJWT({ ...claims, permissions: [...claims.permissions] }).encode();
}
