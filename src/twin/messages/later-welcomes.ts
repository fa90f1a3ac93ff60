import type { JsonObject } from '../../protocol/fields.ts';
import { isoWithZone } from './times.ts';
import { serverMessage } from './server-message.ts';
import type { WelcomeShape } from './welcome-shapes.ts';

/** Welcomes W2 and W3: a mode, and the user id cut to eight characters (protocol notes §5.4). */
export function modeWelcome(type: 'connect' | 'connection_established'): WelcomeShape {
  return ({ userId, connectionId }) =>
    serverMessage(type, (epochMs) => ({
      mode: 'main',
      user_id: `${userId.slice(0, 8)}...`,
      connection_id: `main_${connectionId.slice(-8)}`,
      golden_path_events: ['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'],
      features: {
        full_business_logic: true,
        golden_path_integration: true,
        cloud_run_optimized: true,
        emergency_fallback: true,
        agent_orchestration: true,
      },
      timestamp: isoWithZone(epochMs),
    }));
}

/** Welcome W5 of the isolated route. */
export const isolatedWelcome: WelcomeShape = flat('connection_established', (context) => ({
  user_id: context.userId,
  thread_id: `thread_of_${context.connectionId}`,
  isolation_mode: 'connection_scoped',
}));

/** Welcome W7 of the test and demo routes, which names no user. */
export const namelessWelcome: WelcomeShape = flat('connection_established', () => ({}));

/** Welcome W8: nothing but the user. */
export const establishedWelcome: WelcomeShape =
  ({ userId }) =>
  () => ({ type: 'connection_established', data: { user_id: userId } });

/** Welcome W6 of the factory route, and the words that tests accept (protocol notes §5.4). */
export function plainWelcome(type: 'welcome' | 'connection_ready' | 'connected'): WelcomeShape {
  return ({ userId, connectionId }) =>
    (epochMs) => ({ type, data: { user_id: userId, connection_id: connectionId }, timestamp: epochMs / 1000 });
}

function flat(type: string, more: (context: Parameters<WelcomeShape>[0]) => JsonObject): WelcomeShape {
  return (context) => (epochMs) => ({
    type,
    connection_id: context.connectionId,
    server_time: new Date(epochMs).toISOString(),
    message: 'WebSocket connected',
    ...more(context),
  });
}
