import { isAcceptedUserId } from '../../../protocol/user-ids.ts';
import { bridgeRun } from '../../messages/bridge-run.ts';
import { say } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { refuseByErrorFrame } from '../../handshake/decisions.ts';
import { replyTo } from '../../messages/replies.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { systemMessageWelcome } from '../../messages/welcome-shapes.ts';
import { BETA_9_ROUTES } from './beta-9-routes.ts';

const LIMITS = { heartbeatIntervalS: 20, maxMessageSize: 8192 };
const WELCOME = systemMessageWelcome(LIMITS);

/**
 * The conversation that beta-9 was observed in, over its bridge, with strict auth: what is wrong there, such as any token
 * that is accepted, is a fault.
 */
export const BETA_9: Profile = {
  name: 'beta-9',
  does: 'beta-9 as observed: welcome W1, threads of its own, nine messages a run, refusal by error frame and 1008.',
  paths: ['/ws'],
  unknownPathStatus: 403,
  carriers: [
    { kind: 'bearer' },
    { kind: 'subprotocol', prefixes: ['jwt.'], plain: false },
    { kind: 'query', names: ['token'] },
  ],
  maxMessageBytes: LIMITS.maxMessageSize,
  selectSubprotocol: (offered) => (offered.includes('jwt-auth') ? 'jwt-auth' : ''),
  admit: (credential) => (credential.valid ? credential.userId : undefined),
  refuse: refuseByErrorFrame(1008, 'SSOT Auth failed'),
  welcome: WELCOME,
  opening: (context) => [
    say('handshake-validation', handshakeValidation, context.pace.settleMs),
    say('welcome', WELCOME(context)),
    serverPing(),
  ],
  keepAlive: () => [serverPing(), controlPing()],
  reply: replyTo,
  run: bridgeRun,
  routes: BETA_9_ROUTES,
  acceptsUserId: isAcceptedUserId,
  ownThreads: true,
  awaitsRuns: true,
  failuresInARow: 5,
};

function handshakeValidation(epochMs: number): Readonly<Record<string, unknown>> {
  return { type: 'handshake_validation', timestamp: epochMs / 1000, validation_id: `test_${epochMs}` };
}

/** The first one follows the welcome at once (observed). */
export function serverPing(): Step {
  return say(
    'server-ping',
    serverMessage('ping', (epochMs) => ({ timestamp: epochMs / 1000 })),
  );
}

export function controlPing(): Step {
  return { label: 'control-ping', afterMs: 0, act: { kind: 'control', opcode: 'ping', payload: 'keep-alive' } };
}
