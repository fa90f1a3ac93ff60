/** Who signs, and for whom (protocol notes §3.4). */
export const ISSUER = 'netra-auth-service';
export const AUDIENCE = 'netra-platform';

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
