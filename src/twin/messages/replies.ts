import type { ConnectionContext, OtherRequest } from '../behaviour/context.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import { isRunType } from './request-types.ts';
import type { Compose, Plan } from '../behaviour/plan.ts';
import { say } from '../behaviour/plan.ts';
import { errorMessage, serverMessage } from './server-message.ts';

const AGENT_NOTICES = ['agent_task', 'agent_status_update', 'agent_response', 'agent_response_complete'];
const SILENT = ['agent_request', 'pong', 'heartbeat_ack', 'handshake_acknowledged', 'broadcast', 'room_message'];

/**
 * The answers of beta-9 to everything that is no request to an agent (observed; protocol notes §7.3). A JSON array, and a
 * request to an agent without content, get none.
 */
export function replyTo(request: OtherRequest, context: ConnectionContext): Plan {
  switch (request.kind) {
    case 'control-ping':
      return [
        { label: 'control-pong', afterMs: 0, act: { kind: 'control', opcode: 'pong', payload: request.payload } },
      ];
    case 'oversize':
      return [];
    case 'unreadable':
      if (request.why === 'not-an-object') return [];
      return [say('format-error', errorMessage('FORMAT_ERROR', TEXT_OF_UNREADABLE[request.why], {}))];
    case 'message':
      return replyToMessage(request.type, request.message, context);
  }
}

const TEXT_OF_UNREADABLE = {
  'not-json': 'Expecting property name enclosed in double quotes: line 1 column 2 (char 1)',
  'nested-too-deep': 'maximum recursion depth exceeded while decoding a JSON object',
  binary: 'Binary messages are not supported',
  empty: 'Expecting value: line 1 column 1 (char 0)',
} as const;

function replyToMessage(type: string, message: JsonObject, { userId }: ConnectionContext): Plan {
  if (message['jsonrpc'] === '2.0') return [say('json-rpc', jsonRpcResult(message))];
  if (type === 'ping') return [say('pong', stamped('pong', { user_id: userId }))];
  if (type === 'heartbeat') return [say('heartbeat-ack', stamped('heartbeat_ack', { status: 'healthy' }))];
  if (SILENT.includes(type) || isRunType(type)) return [];
  const status = statusFor(type);
  if (status !== undefined) return [say('acknowledgement', stamped('system_message', { status, user_id: userId }))];
  return [say('ack', acknowledgement(message, userId))];
}

function statusFor(type: string): string | undefined {
  if (type === 'connect') return 'connected';
  if (type === 'disconnect') return 'disconnect_acknowledged';
  if (type === 'user_typing') return 'typing_acknowledged';
  if (type === 'error_message') return 'acknowledged';
  return [...AGENT_NOTICES, 'agent_progress', 'agent_error'].includes(type) ? 'agent_message_acknowledged' : undefined;
}

function stamped(type: string, data: JsonObject): Compose {
  return serverMessage(type, (epochMs) => ({ timestamp: epochMs / 1000, ...data }));
}

function acknowledgement({ type }: JsonObject, userId: string): Compose {
  return (epochMs) => ({
    type: 'ack',
    received_type: type ?? 'unknown',
    timestamp: epochMs / 1000,
    user_id: userId,
    status: 'acknowledged',
  });
}

function jsonRpcResult({ method, id }: JsonObject): Compose {
  return () => ({ jsonrpc: '2.0', result: { status: 'processed', method: method ?? null }, id: id ?? null });
}
