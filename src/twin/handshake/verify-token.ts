import { decodeJwt, decodeProtectedHeader, errors, jwtVerify } from 'jose';
import type { JWTPayload } from 'jose';
import type { Credential, TokenFlaw } from '../behaviour/attempt.ts';
import type { TokenKey } from './issue-token.ts';

const AUDIENCES = ['netra-platform', 'netra-services', 'netra-backend', 'netra-admin', 'netra-auth'];
const OLDEST_S = 24 * 60 * 60;
const NEWEST_S = 60;

/** Judges a token that was presented, or not. */
export type Verify = (token: string | undefined) => Promise<Credential>;

/**
 * A verifier with the rules of the auth service: HS256 alone, every required claim, exact issuer, a known audience where there
 * is one, `token_type` access, at most a day old, issued at most a minute in the future (protocol notes §3.4).
 */
export function createVerifier(key: TokenKey, epochMs: () => number): Verify {
  return async (token) => {
    if (token === undefined) return { valid: false, flaw: 'no-token', claimedUserId: '' };
    const nowMs = epochMs();
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer: 'netra-auth-service',
        requiredClaims: ['exp', 'iat', 'sub', 'iss', 'jti'],
        currentDate: new Date(nowMs),
      });
      const flaw = flawOfClaims(payload, nowMs / 1000);
      if (flaw !== undefined) return { valid: false, flaw, claimedUserId: subjectOfToken(token) };
      const { sub: userId = '', exp } = payload;
      return { valid: true, userId, ...(exp !== undefined && { expiresAtMs: exp * 1000 }) };
    } catch (error) {
      return { valid: false, flaw: flawOfError(error, token), claimedUserId: subjectOfToken(token) };
    }
  };
}

function flawOfError(error: unknown, token: string): TokenFlaw {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'wrong-secret';
  if (error instanceof errors.JWTClaimValidationFailed) return flawOfClaim(error);
  if (!(error instanceof errors.JOSEAlgNotAllowed)) return 'malformed';
  return decodeProtectedHeader(token).alg?.toLowerCase() === 'none' ? 'alg-none' : 'wrong-algorithm';
}

function flawOfClaim({ claim, reason }: errors.JWTClaimValidationFailed): TokenFlaw {
  if (reason === 'missing' || reason === 'invalid') return 'incomplete';
  if (claim === 'nbf') return 'not-yet-valid';
  return 'wrong-issuer';
}

function flawOfClaims({ iat = 0, sub, aud, token_type: type }: JWTPayload, nowS: number): TokenFlaw | undefined {
  if (aud !== undefined && ![aud].flat().some((audience) => AUDIENCES.includes(audience))) return 'wrong-audience';
  if (iat > nowS + NEWEST_S) return 'not-yet-valid';
  if (iat < nowS - OLDEST_S) return 'expired';
  return type === 'access' && typeof sub === 'string' && sub !== '' ? undefined : 'incomplete';
}

function subjectOfToken(token: string): string {
  try {
    const { sub } = decodeJwt(token);
    return typeof sub === 'string' ? sub : '';
  } catch {
    return '';
  }
}
