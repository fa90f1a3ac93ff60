import { judgement } from '../checks/judgement.ts';
import type { BadTokenKind } from '../client/identities/bad-tokens.ts';
import { forge } from '../client/identities/bad-tokens.ts';
import type { Identity } from '../client/identities/identity.ts';
import type { Judgements } from './judgements.ts';
import type { Target } from './target.ts';

export { BAD_TOKEN_KINDS } from '../client/identities/bad-tokens.ts';

/** A bad credential that can be presented. */
export interface BadCredential {
  readonly credential: BadTokenKind;
  readonly token: string | undefined;
}

/** Makes a bad credential in the name of a user. */
export type ForgeCredential = (credential: BadTokenKind, identity: Identity) => Promise<BadCredential>;

/**
 * Forges bad credentials for a target. A kind that needs a secret which is not configured throws the text of an unknown
 * verdict: the property cannot be verified, and that is red.
 */
export function credentialForge({ jwtSecret }: Pick<Target, 'jwtSecret'>, judgements: Judgements): ForgeCredential {
  return async (credential, { userId }) => {
    const secret = jwtSecret === undefined ? {} : { secret: jwtSecret };
    const forged = await forge(credential, { ...secret, userId, nowS: Date.now() / 1000 });
    if ('token' in forged) return { credential, token: forged.token };
    const judging = judgement('refusal', `a token that is ${credential} is refused`);
    const because = `such a token proves something only when it is signed with the right secret: set ${forged.needs}`;
    judging.doubted({ code: 'secret-needed', because, entries: [] });
    const verdict = judging.verdict('');
    judgements.keep(verdict);
    throw new Error(judgements.explain([verdict]));
  };
}
