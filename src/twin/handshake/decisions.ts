import type { UpgradeAttempt, FlawedCredential, Decision, TokenFlaw } from '../behaviour/attempt.ts';
import type { HandshakeContext } from '../behaviour/context.ts';
import { closeWith, say } from '../behaviour/plan.ts';
import { errorMessage } from '../messages/server-message.ts';
import type { JsonObject } from '../../protocol/fields.ts';

/** Accepts the upgrade, and ends the connection when the id of its user is looked at (observed). */
export function endUnheard({ attempt, profile, pace }: HandshakeContext): Decision {
  const plan = [closeWith(1011, 'Internal error', pace.idCheckMs)];
  return { kind: 'reject-after-upgrade', subprotocol: profile.selectSubprotocol(attempt.offered), plan };
}

/** Admits a user. */
export function openFor(userId: string, { attempt, profile }: HandshakeContext): Decision {
  return { kind: 'open', userId, subprotocol: profile.selectSubprotocol(attempt.offered) };
}

/** An HTTP answer instead of a socket. */
export function refuseWith(status: number, body = '', headers: UpgradeAttempt['headers'] = {}): Decision {
  return { kind: 'refuse', status, headers, body };
}

/** A way to refuse a bad token (protocol notes §3.6). */
export type Refuse = (credential: FlawedCredential, context: HandshakeContext) => Decision;

/** How an error frame names a flaw. */
function errorCodeOf(flaw: TokenFlaw): string {
  if (flaw === 'no-token') return 'NO_TOKEN';
  if (flaw === 'malformed') return 'INVALID_FORMAT';
  return flaw === 'expired' ? 'TOKEN_EXPIRED' : 'VALIDATION_FAILED';
}

/** Accepts the upgrade, says why in an error frame, waits a moment and closes. */
export function refuseByErrorFrame(code: number, reason: string): Refuse {
  return ({ flaw }, { attempt, pace, profile }) => ({
    kind: 'reject-after-upgrade',
    subprotocol: profile.selectSubprotocol(attempt.offered),
    plan: [
      say('auth-error', authError(errorCodeOf(flaw), flaw), pace.settleMs),
      closeWith(code, reason, pace.beforeRefusalCloseMs),
    ],
  });
}

/** Accepts the upgrade, says so in the frame of the factory route and closes with 4001 (protocol notes §9.2). */
export const refuseByFactory: Refuse = (_credential, { attempt, pace, profile }) => ({
  kind: 'reject-after-upgrade',
  subprotocol: profile.selectSubprotocol(attempt.offered),
  plan: [
    say('auth-error', factoryError, pace.settleMs),
    closeWith(4001, 'Authentication failed', pace.beforeRefusalCloseMs),
  ],
});

/** Accepts the upgrade and closes without a message. */
export function refuseByClose(code: number, reason: string): Refuse {
  return (_credential, { attempt, pace, profile }) => ({
    kind: 'reject-after-upgrade',
    subprotocol: profile.selectSubprotocol(attempt.offered),
    plan: [closeWith(code, reason, pace.settleMs)],
  });
}

/** Answers the upgrade with an HTTP status. */
export function refuseByStatus(status: 401 | 403): Refuse {
  return () => refuseWith(status, '', status === 401 ? { 'www-authenticate': 'Bearer' } : {});
}

function authError(code: string, flaw: TokenFlaw): ReturnType<typeof errorMessage> {
  const text = flaw === 'no-token' ? 'No JWT token in the WebSocket handshake' : `Token validation failed: ${flaw}`;
  return errorMessage(code, text, {
    environment: 'staging',
    ssot_authentication: true,
    error_code: code,
    failure_context: {},
  });
}

function factoryError(epochMs: number): JsonObject {
  return {
    type: 'authentication_error',
    error: 'Authentication required',
    details: 'A valid JWT is required to connect.',
    timestamp: new Date(epochMs).toISOString(),
  };
}
