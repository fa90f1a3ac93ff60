import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { ConnectionContext, RunRequest } from '../../behaviour/context.ts';
import { flatEvent } from '../../messages/event-shapes.ts';
import { say, tellUser } from '../../behaviour/plan.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { refuseByErrorFrame } from '../../handshake/decisions.ts';
import { replyTo } from '../../messages/replies.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { systemMessageWelcome } from '../../messages/welcome-shapes.ts';
import { BETA_9_ROUTES } from './beta-9-routes.ts';

const LIMITS = { heartbeatIntervalS: 20, maxMessageSize: 8192 };
const WELCOME = systemMessageWelcome(LIMITS);

/** The baseline of the protocol notes: strict auth, welcome W1, flat events. */
export const BETA_9: Profile = {
  name: 'beta-9',
  does: 'The complete contract of 2025-09-09: welcome W1, flat events (variant a), refusal by error frame and 1008.',
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
    serverPing(),
    say('welcome', WELCOME(context)),
  ],
  keepAlive: () => [serverPing(), controlPing()],
  reply: replyTo,
  run,
  routes: BETA_9_ROUTES,
};

function handshakeValidation(epochMs: number): Readonly<Record<string, unknown>> {
  return { type: 'handshake_validation', timestamp: epochMs / 1000, validation_id: `test_${epochMs}` };
}

function serverPing(): Step {
  return say(
    'server-ping',
    serverMessage('ping', (epochMs) => ({ timestamp: epochMs / 1000 })),
  );
}

function controlPing(): Step {
  return { label: 'control-ping', afterMs: 0, act: { kind: 'control', opcode: 'ping', payload: 'keep-alive' } };
}

function run(request: RunRequest, context: ConnectionContext): Plan {
  return AGENT_EVENTS.map((event) => tellUser(event, flatEvent(event, request, context), context.pace.betweenEventsMs));
}
