import type { Attempt, Decision } from './attempt.ts';
import { closeWith } from '../server/plan.ts';
import type { HandshakeContext } from '../server/context.ts';

/** What a healthy server answers to an upgrade request. */
export function decide(context: HandshakeContext): Decision {
  const { attempt, profile } = context;
  if (!profile.paths.includes(attempt.path)) return refuseWith(profile.unknownPathStatus);
  const userId = profile.admit(attempt.credential);
  if (userId !== undefined) {
    return profile.acceptsUserId?.(userId) === false ? endUnheard(context) : openFor(userId, context);
  }
  if (attempt.credential.valid) throw new Error(`Profile ${profile.name} must admit a valid credential; it does not.`);
  return profile.refuse(attempt.credential, context);
}

/** Accepts the upgrade, and ends the connection when the id of its user is looked at (observed). */
function endUnheard({ attempt, profile, pace }: HandshakeContext): Decision {
  const plan = [closeWith(1011, 'Internal error', pace.idCheckMs)];
  return { kind: 'turn-away', subprotocol: profile.selectSubprotocol(attempt.offered), plan };
}

/** Lets a user in. */
export function openFor(userId: string, { attempt, profile }: HandshakeContext): Decision {
  return { kind: 'open', userId, subprotocol: profile.selectSubprotocol(attempt.offered) };
}

/** An HTTP answer instead of a socket. */
export function refuseWith(status: number, body = '', headers: Attempt['headers'] = {}): Decision {
  return { kind: 'refuse', status, headers, body };
}
