/** JSON messages that this harness sends (protocol notes §6 and §7). Times are epoch milliseconds. */
export type OutgoingMessage = Readonly<Record<string, unknown>> & { readonly type: string };

/** Wire types that ask an agent to run (protocol notes §7.4). */
export const REQUEST_TYPES = [
  'user_message',
  'start_agent',
  'agent_request',
  'chat',
  'chat_message',
  'message',
  'execute_agent',
] as const;

/** An application-level ping; the timestamp doubles as its id. */
export function pingMessage(id: string, nowMs: number): OutgoingMessage {
  return { type: 'ping', timestamp: nowMs, message_id: id };
}

export function heartbeatMessage(id: string, nowMs: number): OutgoingMessage {
  return { type: 'heartbeat', timestamp: nowMs, message_id: id };
}

/** The answer to a server's `ping`. */
export function pongMessage(original: number | undefined, nowMs: number): OutgoingMessage {
  return { type: 'pong', timestamp: nowMs, ...(original !== undefined && { original_timestamp: original }) };
}

/** The answer to a server's `heartbeat`. */
export function heartbeatAckMessage(nowMs: number): OutgoingMessage {
  return { type: 'heartbeat_ack', timestamp: nowMs };
}

/** The answer to a server's `handshake_response` (protocol notes §13). */
export function handshakeAcknowledgedMessage(thread: string | undefined, now: string): OutgoingMessage {
  return { type: 'handshake_acknowledged', timestamp: now, ...(thread !== undefined && { thread_id: thread }) };
}

/** What one agent run is asked for. */
export interface AgentRequest {
  readonly prompt: string;
  readonly thread: string;
  readonly message: string;
  readonly run: string;
  /** Epoch milliseconds. */
  readonly nowMs: number;
}

/**
 * The portable request: flat and nested at once, so that every router that ever worked understands it
 * (protocol notes §A.6). The timestamp is in epoch seconds because text was dropped (failure notes FM-49).
 */
export function agentRequestMessage({ prompt, thread, message, run, nowMs }: AgentRequest): OutgoingMessage {
  const body = { content: prompt, message: prompt, thread_id: thread, run_id: run };
  return { type: 'user_message', ...body, payload: body, timestamp: nowMs / 1000, message_id: message };
}

/** Stops the agent of a thread, as the browser client does (protocol notes §12). */
export function stopMessage(thread: string, nowMs: number): OutgoingMessage {
  return { type: 'stop_agent', payload: { thread_id: thread }, timestamp: nowMs };
}

/** Asks for the session of a thread after a reconnect, as the browser client does (protocol notes §12). */
export function restoreMessage(thread: string, nowMs: number): OutgoingMessage {
  return { type: 'session_restore', payload: { thread_id: thread }, timestamp: nowMs };
}

/** A type that no version knows; servers acknowledge it (protocol notes §7.3, row "unknown type"). */
export const UNKNOWN_TYPE = 'e2e_unknown_type';

/** A well-formed message of a type that no version knows. */
export function unknownTypeMessage(nowMs: number): OutgoingMessage {
  return { type: UNKNOWN_TYPE, timestamp: nowMs };
}
