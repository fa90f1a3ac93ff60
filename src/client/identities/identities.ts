import { decodeJwt } from 'jose';
import type { JWTPayload } from 'jose';
import { exchangeToken } from './exchange.ts';
import type { CredentialSource, Identities, Identity, IdentityOptions, IdentityRefused } from './identity.ts';
import { mintedIdentities } from './identity-minted.ts';
import { slotShare, userNumbers } from './worker-shares.ts';

/** Identities of one worker. Concurrent workers get other users as long as their slots differ. */
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

/**
 * The server makes the id `e2e-<local part>` (protocol notes §3.5) and cuts it to eight characters in some welcomes
 * (§5.4), so users must differ in the first four characters of the local part.
 */
const EMAIL_DIGITS = 4;

/** Identities whose tokens the auth service issues, each for an e-mail address of its own. */
function exchangedIdentities(options: IdentityOptions<Extract<CredentialSource, { kind: 'exchange' }>>): Identities {
  const { source, slot, workerIndex, start = 0 } = options;
  const numbers = userNumbers({ slot: workerIndex ?? slot, digits: EMAIL_DIGITS, start });
  const emails = new Map<string, string>();
  const exchange = async (email: string): Promise<Identity | IdentityRefused> => {
    const exchanged = await exchangeToken({ ...source, email });
    if (exchanged.ok) {
      emails.set(exchanged.userId, email);
      return { userId: exchanged.userId, token: exchanged.token, source: 'exchanged' };
    }
    const { ok: _, ...refused } = exchanged;
    return refused;
  };
  return {
    recycle: () => undefined,
    renew: async (identity) => {
      const email = emails.get(identity.userId);
      return email === undefined ? identity : exchange(email);
    },
    next: async () => {
      const number = numbers();
      if (number === undefined) {
        return { because: 'Test users: no more e-mail addresses for this worker. Start the run again.' };
      }
      return exchange(`${number}-staging-e2e@staging.netrasystems.ai`);
    },
  };
}

/** Identities of the tokens in `ACCESS_TOKEN`; the user is the token's `sub`, which is read and not verified. */
function givenIdentities(options: IdentityOptions<{ kind: 'given'; tokens: readonly string[] }>): Identities {
  const { source, slot, slots, nowS } = options;
  const share = slotShare(source.tokens, slot, slots);
  return {
    recycle: share.recycle,
    renew: (identity) => Promise.resolve(identity),
    next: () => {
      const token = share.take();
      return Promise.resolve(token === undefined ? usedUp(share.size) : identityOf(token, nowS()));
    },
  };

  function usedUp(size: number): IdentityRefused {
    return {
      because:
        `Given tokens: expected one more token, but all ${size} of this worker are in use (ACCESS_TOKEN lists ` +
        `${source.tokens.length} for ${slots} workers). Give more tokens, lower CONNECTIONS, or run with --workers=1.`,
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
