import { randomUUID, subtle } from 'node:crypto';
import type { webcrypto } from 'node:crypto';
import { SignJWT } from 'jose';

/** Who signs, and for whom (protocol notes §3.4). */
const ISSUER = 'netra-auth-service';
const AUDIENCE = 'netra-platform';

/** The claims of an access token, as a superset that every known version accepts (protocol notes §3.4). Times in seconds. */
export interface Claims {
  readonly sub: string;
  readonly email: string;
  readonly permissions: readonly string[];
  readonly iat: number;
  readonly exp: number;
  readonly nbf?: number;
  readonly iss: string;
  readonly aud: string;
  readonly jti: string;
  readonly type: 'access';
  readonly token_type: 'access';
  readonly env: 'staging';
  readonly staging: true;
  readonly e2e_test: true;
  readonly test_environment: 'staging';
}

const PERMISSIONS = ['read', 'write', 'execute', 'basic_chat', 'agent_access', 'e2e_test'];

/** The claims of a valid token of `userId`, issued at `nowS` and good for `ttlS`. `jti` must differ from token to token. */
export function claimsOf(of: { userId: string; nowS: number; ttlS: number; jti: string }): Claims {
  const issuedAt = Math.floor(of.nowS);
  return {
    sub: of.userId,
    email: of.userId.includes('@') ? of.userId : `${of.userId}@staging.netrasystems.ai`,
    permissions: PERMISSIONS,
    iat: issuedAt,
    exp: issuedAt + of.ttlS,
    iss: ISSUER,
    aud: AUDIENCE,
    jti: of.jti,
    type: 'access',
    token_type: 'access',
    env: 'staging',
    staging: true,
    e2e_test: true,
    test_environment: 'staging',
  };
}

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
