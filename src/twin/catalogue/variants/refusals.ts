import { say, closeWith } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { refuseByClose, refuseByErrorFrame, refuseByStatus } from '../../handshake/decisions.ts';
import type { Refuse } from '../../handshake/decisions.ts';
import { doubts } from './doubts.ts';
import { variant } from './variant.ts';

const BYPASSED = ['handshake', 'welcome', 'refusal', 'isolation', 'same-judgement', 'known-thread'].map((check) =>
  doubts(check, 'auth-bypass-active'),
);

/** Every way to refuse a bad token, and deployments that let everybody in (protocol notes §3.6). */
export const REFUSAL_VARIANTS: readonly Profile[] = [
  refusing('refuse-401', 'HTTP 401', refuseByStatus(401)),
  refusing('refuse-403', 'HTTP 403', refuseByStatus(403)),
  refusing('refuse-1008', 'close 1008 without a word', refuseByClose(1008, 'Authentication required')),
  refusing('refuse-4001', 'an error frame and close 4001', refuseByErrorFrame(4001, 'Authentication failed')),
  refusing('refuse-4401', 'close 4401', refuseByClose(4401, '')),
  refusing('refuse-3000', 'close 3000', refuseByClose(3000, 'Unauthorized')),
  refusing('refuse-1002', 'close 1002 that names the token', refuseByClose(1002, 'Invalid token')),
  refusing('refuse-1011', 'an error frame and close 1011', refuseByErrorFrame(1011, 'SSOT Auth failed')),
  refusing('refuse-authentication-error', 'authentication_error and close 1008', byAuthenticationError),
  variant('demo-mode', 'Everybody is let in as demo-user-001.', {
    admit: () => 'demo-user-001',
    acceptsUserId: () => true,
    leavesOpen: BYPASSED,
  }),
];

function refusing(name: string, how: string, refuse: Refuse): Profile {
  return variant(name, `Refuses a bad token by ${how}.`, { refuse });
}

function byAuthenticationError(...[, { attempt, pace, profile }]: Parameters<Refuse>): ReturnType<Refuse> {
  return {
    kind: 'reject-after-upgrade',
    subprotocol: profile.selectSubprotocol(attempt.offered),
    plan: [
      say('auth-error', (epochMs) => ({
        type: 'authentication_error',
        event: 'auth_failed',
        error: 'Authentication failed',
        error_code: 'AUTH_FAILED',
        timestamp: epochMs / 1000,
        retry_allowed: false,
      })),
      closeWith(1008, 'Authentication failed', pace.beforeRefusalCloseMs),
    ],
  };
}
