import { randomUUID, subtle } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';
import { claimsOf } from './claims.ts';
import type { Claims } from './claims.ts';

/** What a token is minted from. Times in seconds. */
export interface MintOptions {
  /** The secret that the deployment verifies with (HS256). */
  readonly secret: string;
  readonly userId: string;
  readonly nowS: number;
  /** Default 900, as the auth service issues them (protocol notes §3.4). */
  readonly ttlS?: number;
  /** Default: a random UUID. */
  readonly jti?: string;
  /** Claims that differ from the usual ones. */
  readonly instead?: Partial<Claims>;
}

const keys = new Map<string, Promise<webcrypto.CryptoKey>>();

/** An access token of `userId`, signed with HS256. The key is imported once per secret. */
export async function mintToken(options: MintOptions): Promise<string> {
  const { userId, nowS, ttlS = 900, jti = randomUUID(), instead } = options;
  const claims = { ...claimsOf({ userId, nowS, ttlS, jti }), ...instead };
  return new SignJWT({ ...claims, permissions: [...claims.permissions] })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(await signingKey(options.secret));
}

function signingKey(secret: string): Promise<webcrypto.CryptoKey> {
  const known = keys.get(secret);
  if (known !== undefined) return known;
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign']);
  keys.set(secret, key);
  return key;
}
