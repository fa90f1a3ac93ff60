import { degradedNotice } from '../faults/welcome-endings.ts';
import {
  establishedWelcome,
  isolatedWelcome,
  modeWelcome,
  namelessWelcome,
  plainWelcome,
} from '../../messages/later-welcomes.ts';
import { systemMessageWelcome } from '../../messages/welcome-shapes.ts';
import { say, before, without } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import { keepingAllBut } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { BETA_9, serverPing } from '../profiles/beta-9.ts';
import { idleHeartbeat } from '../profiles/later.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { greeting, variant } from './variant.ts';

const DEVELOPMENT_WELCOME = systemMessageWelcome({ heartbeatIntervalS: 25, maxMessageSize: 8192 }, 'development');

/** Welcomes of every shape, and everything that may precede one (protocol notes §5.4, §5.5). */
export const WELCOME_VARIANTS: readonly Profile[] = [
  greeting('welcome-w2', 'Welcome of type connect, user id truncated.', modeWelcome('connect')),
  greeting('welcome-w3', 'Welcome of type connection_established, truncated.', modeWelcome('connection_established')),
  greeting('welcome-w5', 'The flat welcome of the isolated route.', isolatedWelcome),
  greeting('welcome-w6', 'The welcome of the factory route.', plainWelcome('welcome')),
  greeting('welcome-w7', 'A flat welcome that names nobody.', namelessWelcome),
  greeting('welcome-w8', 'A welcome with nothing but the user.', establishedWelcome),
  greeting('welcome-connection-ready', 'Welcome of type connection_ready.', plainWelcome('connection_ready')),
  greeting('welcome-connected', 'Welcome of type connected.', plainWelcome('connected')),
  {
    ...preceded('initialization-progress', 'Untyped progress frames precede the welcome.', () => [
      progress('initialization_started', 0),
      progress('service_completed', 50),
      progress('initialization_completed', 100),
    ]),
    variables: keepingAllBut('typed-messages', 'stop-agent', 'large-request'),
  },
  preceded('degraded-notice', 'A notice of degraded service precedes the welcome.', () => [degradedNotice()]),
  preceded('service-status', 'A service_status_update precedes the welcome.', () => [
    say(
      'service-status',
      serverMessage('system_message', () => ({ event: 'service_status_update', services: ['redis'] })),
    ),
  ]),
  preceded('replayed-messages', 'Queued events of an earlier session precede the welcome.', ({ userId }) =>
    ['agent_started', 'agent_thinking', 'agent_completed'].map((type) =>
      say(type, (epochMs) => ({
        type,
        user_id: userId,
        thread_id: 'thread_of_yesterday',
        timestamp: epochMs / 1000 - 60,
      })),
    ),
  ),
  preceded('early-heartbeat', 'A heartbeat and a ping precede the welcome.', (context) => [
    idleHeartbeat(context),
    { label: 'control-ping', afterMs: 0, act: { kind: 'control', opcode: 'ping', payload: 'early' } },
  ]),
  variant('welcome-alone', 'Nothing precedes the welcome.', {
    opening: (context) => [say('welcome', BETA_9.welcome(context))],
  }),
  variant('ping-before-welcome', 'The first ping of the server precedes its welcome.', {
    opening: (context) => before(without(BETA_9.opening(context), 'server-ping'), 'welcome', serverPing()),
  }),
  variant('development', 'The development environment (observed): no handshake_validation, a heartbeat every 25 s.', {
    welcome: DEVELOPMENT_WELCOME,
    opening: (context) => [say('welcome', DEVELOPMENT_WELCOME(context), context.pace.settleMs), serverPing()],
  }),
];

function preceded(name: string, does: string, steps: (context: Parameters<Profile['opening']>[0]) => readonly Step[]) {
  return variant(name, does, {
    opening: (context) => before(BETA_9.opening(context), 'welcome', ...steps(context)),
  });
}

function progress(event: string, percentage: number): Step {
  return say('progress', (epochMs) => ({
    event,
    message: 'Services are starting',
    progress_percentage: percentage,
    timestamp: epochMs / 1000,
    message_type: 'initialization_progress',
    message_id: `init_progress_${percentage}`,
  }));
}
