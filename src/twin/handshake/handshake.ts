import type { Attempt, Decision } from './attempt.ts';
import type { HandshakeContext } from '../server/context.ts';

/** What a healthy server answers to an upgrade request. */
export function decide(context: HandshakeContext): Decision {
  const { attempt, profile } = context;
  if (!profile.paths.includes(attempt.path)) return refuseWith(profile.unknownPathStatus);
  const userId = profile.admit(attempt.credential);
  if (userId !== undefined) return openFor(userId, context);
  if (attempt.credential.valid) throw new Error(`Profile ${profile.name} must admit a valid credential; it does not.`);
  return profile.refuse(attempt.credential, context);
}

/** Lets a user in. */
export function openFor(userId: string, { attempt, profile }: HandshakeContext): Decision {
  return { kind: 'open', userId, subprotocol: profile.selectSubprotocol(attempt.offered) };
}

/** An HTTP answer instead of a socket. */
export function refuseWith(status: number, body = '', headers: Attempt['headers'] = {}): Decision {
  return { kind: 'refuse', status, headers, body };
}
