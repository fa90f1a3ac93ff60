import { exchangeToken } from './exchange.ts';
import type { CredentialSource, Identities, IdentityOptions } from './identity.ts';
import { userNumbers } from './user-numbers.ts';

/**
 * The server makes the id `e2e-<local part>` (protocol notes §3.5) and cuts it to eight characters in some welcomes
 * (§5.4), so users must differ in the first four characters of the local part.
 */
const DIGITS = 4;

/** Identities whose tokens the auth service issues, each for an e-mail address of its own. */
export function exchangedIdentities(
  options: IdentityOptions<Extract<CredentialSource, { kind: 'exchange' }>>,
): Identities {
  const { source, lane, workerIndex, start = 0 } = options;
  const numbers = userNumbers({ lane: workerIndex ?? lane, digits: DIGITS, start });
  return {
    recycle: () => undefined,
    next: async () => {
      const number = numbers();
      if (number === undefined) {
        return { because: 'Test users: no more e-mail addresses for this worker. Start the run again.' };
      }
      const exchanged = await exchangeToken({ ...source, email: `${number}-staging-e2e@staging.netrasystems.ai` });
      if (exchanged.ok) return { userId: exchanged.userId, token: exchanged.token, source: 'exchanged' };
      const { ok: _, ...refused } = exchanged;
      return refused;
    },
  };
}
