import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { ConnectionContext, RunRequest } from '../../behaviour/context.ts';
import type { EventShape } from '../../messages/event-shapes.ts';
import { EVENT_VARIANTS } from '../../messages/event-variants.ts';
import { say, tellUser } from '../../behaviour/plan.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { refuseByErrorFrame } from '../../handshake/decisions.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { establishedWelcome, modeWelcome } from '../../messages/later-welcomes.ts';
import { BETA_9 } from './beta-9.ts';

/** A run that spells the five events in one shape. */
export function runIn(shape: EventShape): Profile['run'] {
  return (request: RunRequest, context: ConnectionContext): Plan =>
    AGENT_EVENTS.map((event: AgentEvent) =>
      tellUser(event, shape(event, request, context), context.pace.betweenEventsMs),
    );
}

/** The idle heartbeat of beta-11 and later (protocol notes §6). */
export function idleHeartbeat({ connectionId }: ConnectionContext): Step {
  return say(
    'server-heartbeat',
    serverMessage('heartbeat', (epochMs) => ({
      connection_id: connectionId,
      timestamp: new Date(epochMs).toISOString(),
      stats: { messages_processed: 1, agent_events_processed: 0 },
    })),
  );
}

/** What beta-9 does and later versions are not known to do. */
const NOT_KNOWN_OF_LATER = {
  acceptsUserId: () => true,
  ownThreads: false,
  awaitsRuns: false,
  failuresInARow: Number.POSITIVE_INFINITY,
} satisfies Partial<Profile>;

const STRICT = refuseByErrorFrame(1008, 'Authentication failed');

/** The consolidated route, as intended (read): welcome W2, heartbeats when idle. */
export const BETA_12_INTENDED: Profile = {
  ...BETA_9,
  ...NOT_KNOWN_OF_LATER,
  name: 'beta-12/intended',
  does: 'Welcome of type connect with a truncated user id, events inside data (variant c), idle heartbeats.',
  carriers: [
    { kind: 'bearer' },
    { kind: 'subprotocol', prefixes: ['jwt-auth.', 'jwt.', 'bearer.'], plain: true },
    { kind: 'query', names: ['token'] },
  ],
  refuse: STRICT,
  welcome: modeWelcome('connect'),
  opening: (context) => [say('welcome', modeWelcome('connect')(context), context.pace.settleMs)],
  keepAlive: (context) => [idleHeartbeat(context)],
  run: runIn(EVENT_VARIANTS.c),
};

/** The token-bearing subprotocol verbatim, else one that is known by name (protocol notes §3.3). */
const selectVerbatim = (offered: readonly string[]): string =>
  offered.find((protocol) => /^(?:jwt|jwt-auth|bearer|staging-auth)\./.test(protocol)) ??
  offered.find((protocol) => ['jwt-auth', 'jwt', 'bearer', 'e2e-testing'].includes(protocol)) ??
  '';

/** The route of 2025-09-15, as intended (read). */
export const BETA_14_INTENDED: Profile = {
  ...BETA_12_INTENDED,
  name: 'beta-14/intended',
  does: 'Welcome of type connection_established, the token-bearing subprotocol echoed, events inside data (variant d).',
  paths: ['/ws', '/api/v1/websocket'],
  selectSubprotocol: selectVerbatim,
  welcome: modeWelcome('connection_established'),
  opening: (context) => [say('welcome', modeWelcome('connection_established')(context), context.pace.settleMs)],
  run: runIn(EVENT_VARIANTS.d),
};

/** What the command-line client of October 2025 expects of its server (protocol notes §13). */
export const OCTOBER_2025: Profile = {
  ...BETA_14_INTENDED,
  name: '2025-10',
  does: 'A handshake_response before the welcome, a handshake_complete after it, events as system messages (variant k).',
  welcome: establishedWelcome,
  opening: (context) => [
    say('handshake-response', handshakeResponse(context), context.pace.settleMs),
    say('welcome', establishedWelcome(context)),
    say('handshake-complete', () => ({ type: 'handshake_complete' })),
  ],
  run: runIn(EVENT_VARIANTS.k),
};

function handshakeResponse({ connectionId }: ConnectionContext) {
  return (epochMs: number) => ({
    type: 'handshake_response',
    thread_id: `thread_of_${connectionId}`,
    run_id: `run_of_${connectionId}`,
    request_id: `request_of_${connectionId}`,
    timestamp: epochMs / 1000,
    message: 'Handshake complete',
  });
}
