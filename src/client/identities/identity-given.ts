import { decodeJwt } from 'jose';
import type { JWTPayload } from 'jose';
import type { Identities, Identity, IdentityOptions, IdentityRefused } from './identity.ts';
import { laneShare } from './lane-share.ts';

/** Identities of the tokens in `ACCESS_TOKEN`; the user is the token's `sub`, which is read and not verified. */
export function givenIdentities(options: IdentityOptions<{ kind: 'given'; tokens: readonly string[] }>): Identities {
  const { source, lane, lanes, nowS } = options;
  const share = laneShare(source.tokens, lane, lanes);
  return {
    recycle: share.recycle,
    next: () => {
      const token = share.take();
      return Promise.resolve(token === undefined ? usedUp(share.size) : identityOf(token, nowS()));
    },
  };

  function usedUp(size: number): IdentityRefused {
    return {
      because:
        `Given tokens: expected one more token, but all ${size} of this worker are in use (ACCESS_TOKEN lists ` +
        `${source.tokens.length} for ${lanes} workers). Give more tokens, lower CONNECTIONS, or run with --workers=1.`,
    };
  }
}

function identityOf(token: string, nowS: number): Identity | IdentityRefused {
  let claims: JWTPayload;
  try {
    claims = decodeJwt(token);
  } catch (cause) {
    return { because: 'Given tokens: expected a JWT in ACCESS_TOKEN, got another text. Copy the whole token.', cause };
  }
  const { sub, exp } = claims;
  if (sub === undefined || sub === '') {
    return { because: "Given tokens: expected the user's id in sub, found none. Use an access token of a user." };
  }
  if (exp !== undefined && exp <= nowS) {
    const ended = new Date(exp * 1000).toISOString();
    return {
      because: `Given tokens: expected a token that is still valid, the one of "${sub}" ended at ${ended}. Get another.`,
    };
  }
  return { userId: sub, token, source: 'given' };
}
