import { AGENT_FAILURES } from './agent-events.ts';
import type { JsonObject } from './fields.ts';
import { isJsonObject } from './fields.ts';

/** What a message is for, whatever its wire type is called (protocol notes §C1). */
const MEANINGS = [
  'welcome',
  'handshake',
  'before-welcome',
  'ping',
  'pong',
  'heartbeat',
  'heartbeat-ack',
  'event',
  'agent-failure',
  'error',
  'acknowledgement',
  'other',
] as const;

/** One of {@link MEANINGS}. */
export type Meaning = (typeof MEANINGS)[number];

const MEANING_OF_TYPE: Readonly<Record<string, Meaning>> = {
  connection_established: 'welcome',
  connect: 'welcome',
  welcome: 'welcome',
  connection_ready: 'welcome',
  connected: 'welcome',
  factory_connection_established: 'welcome',
  isolated_connection_established: 'welcome',
  legacy_connection_established: 'welcome',
  handshake_response: 'handshake',
  handshake_complete: 'handshake',
  handshake_validation: 'before-welcome',
  ping: 'ping',
  pong: 'pong',
  heartbeat: 'heartbeat',
  heartbeat_ack: 'heartbeat-ack',
  error_message: 'error',
  error: 'error',
  authentication_error: 'error',
  internal_error: 'error',
  connection_error: 'error',
  system_error: 'error',
  ack: 'acknowledgement',
  ...Object.fromEntries(AGENT_FAILURES.map((type) => [type, 'agent-failure' as const])),
};

const NOTICES_BEFORE_WELCOME = ['degraded_mode', 'degraded_mode_active', 'service_status_update'];

/** The meaning of a message that is none of the five agent events. */
export function meaningOf(root: JsonObject, type: string): Meaning {
  const named = Object.hasOwn(MEANING_OF_TYPE, type) ? MEANING_OF_TYPE[type] : undefined;
  if (named !== undefined) return named;
  if (root['message_type'] === 'initialization_progress') return 'before-welcome';
  if (type !== 'system_message') return 'other';
  return meaningOfSystemMessage(isJsonObject(root['data']) ? root['data'] : {});
}

function meaningOfSystemMessage(data: JsonObject): Meaning {
  const event = data['event'];
  if (event === 'connection_established') return 'welcome';
  if (NOTICES_BEFORE_WELCOME.some((notice) => notice === event)) return 'before-welcome';
  return typeof data['status'] === 'string' ? 'acknowledgement' : 'other';
}
