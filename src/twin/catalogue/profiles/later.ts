import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { ConnectionContext, RunRequest } from '../../behaviour/context.ts';
import type { EventShape } from '../../messages/event-shapes.ts';
import { EVENT_VARIANTS } from '../../messages/event-variants.ts';
import { say, tellUser } from '../../behaviour/plan.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import { keepingAllBut } from '../kept-promises.ts';
import type { Profile } from '../profile.ts';
import { refuseByErrorFrame } from '../../handshake/decisions.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { modeWelcome } from '../../messages/later-welcomes.ts';
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

/** What is selected for the first offer that beta-12 knows: a name, which the client need not have offered (read). */
function selectByName(offered: readonly string[]): string {
  for (const protocol of offered) {
    const [name = ''] = protocol.split('.');
    if (['jwt', 'jwt-auth'].includes(name) && protocol !== name) return 'jwt-auth';
    if (['jwt', 'jwt-auth', 'bearer'].includes(name)) return name;
  }
  return '';
}

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
  maxMessageBytes: 1_048_576,
  selectSubprotocol: selectByName,
  refuse: STRICT,
  welcome: modeWelcome('connect'),
  opening: (context) => [say('welcome', modeWelcome('connect')(context), context.pace.settleMs)],
  keepAlive: (context) => [idleHeartbeat(context)],
  run: runIn(EVENT_VARIANTS.c),
  variables: keepingAllBut('browser-fields', 'stop-agent'),
};

/** What may precede a token in a subprotocol (protocol notes §3.1). */
export const TOKEN_PREFIXES = ['jwt-auth.', 'jwt.', 'bearer.', 'staging-auth.'];

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
  carriers: [
    { kind: 'bearer' },
    { kind: 'subprotocol', prefixes: TOKEN_PREFIXES, plain: true },
    { kind: 'query', names: ['token'] },
  ],
  promptFields: { execute_agent: ['content', 'message'] },
  selectSubprotocol: selectVerbatim,
  welcome: modeWelcome('connection_established'),
  opening: (context) => [say('welcome', modeWelcome('connection_established')(context), context.pace.settleMs)],
  run: runIn(EVENT_VARIANTS.d),
  variables: keepingAllBut('thread-created', 'stop-agent'),
};
