import { SignJWT } from 'jose';
import { randomUUID, webcrypto } from 'node:crypto';
import type { IssuedUser } from '../http/http-exchange.ts';

/** Seconds for which an issued token is valid (protocol notes §3.4). */
export const TOKEN_LIFETIME_S = 900;

/** An imported HS256 key. */
export type TokenKey = webcrypto.CryptoKey;

/** The HS256 key of a secret. */
export async function keyOf(secret: string): Promise<TokenKey> {
  const bytes = new TextEncoder().encode(secret);
  return webcrypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
}

/** An access token with the claims that the auth service gives (protocol notes §3.4). */
export async function issueToken(key: TokenKey, user: IssuedUser, epochMs: number): Promise<string> {
  const nowS = Math.floor(epochMs / 1000);
  return new SignJWT({ email: user.email, permissions: user.permissions, type: 'access', token_type: 'access' })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(user.id)
    .setIssuer('netra-auth-service')
    .setAudience('netra-platform')
    .setIssuedAt(nowS)
    .setExpirationTime(nowS + TOKEN_LIFETIME_S)
    .setJti(randomUUID())
    .sign(key);
}
