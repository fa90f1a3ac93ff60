import { Buffer } from 'node:buffer';
import type { ConnectionContext } from '../../behaviour/context.ts';
import { delayed, instead, say } from '../../behaviour/plan.ts';
import type { Encode, Plan } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { BETA_9 } from '../profiles/beta-9.ts';
import { OPCODES, frameBytes } from '../../behaviour/raw-frames.ts';
import { atOnce, running, variant } from './variant.ts';

const PIECES = 3;
const CACHED_S = 300;

/** Legitimate ways to put messages on the wire, to answer, and to be slow about it (RFC 6455 §5.4; protocol notes §6, §9.1). */
export const WIRE_VARIANTS: readonly Profile[] = [
  running('fragmented-messages', 'Every event in three fragments.', (plan) => encoded(plan, inFragments)),
  running('split-frames', 'Every event in one frame that arrives in three pieces.', (plan) => encoded(plan, inPieces)),
  running('one-segment', 'All events of a run in one TCP segment.', atOnce, { oneSegment: true }),
  variant('compression', 'Messages are compressed. Needs COMPRESSION=on.', {
    compression: true,
    variables: { TWIN_COMPRESSION: 'on' },
  }),
  variant('token-subprotocol', 'Selects the subprotocol that carries the token.', {
    selectSubprotocol: (offered) => offered.find((protocol) => protocol.startsWith('jwt.')) ?? '',
  }),
  variant('slow-welcome', 'The welcome takes most of its budget.', {
    opening: (context) =>
      instead(BETA_9.opening(context), 'welcome', (step) => [delayed(step, 0.5 * context.pace.lateMs)]),
  }),
  answering('bare-pong', 'A pong that says nothing.', 'pong', () => ({ type: 'pong' })),
  answering('error-text', 'Errors of type error with a text.', 'format-error', () => ({
    type: 'error',
    message: 'Invalid JSON',
  })),
  answering('error-object', 'Errors of type error with an object.', 'format-error', (epochMs) => ({
    type: 'error',
    error: { code: 'JSON_PARSE_ERROR', message: 'Invalid JSON format', timestamp: epochMs / 1000 },
  })),
  variant('echoing-pong', 'A pong that echoes the timestamp of its ping.', {
    reply: (request, context) =>
      request.kind === 'message' && request.type === 'ping'
        ? [
            say('pong', (epochMs) => ({
              type: 'pong',
              timestamp: epochMs,
              original_timestamp: request.message['timestamp'],
            })),
          ]
        : BETA_9.reply(request, context),
  }),
  variant('slow-pong', 'The pong takes most of its budget.', {
    reply: (request, context) =>
      instead(BETA_9.reply(request, context), 'pong', (step) => [delayed(step, 0.5 * context.pace.lateMs)]),
  }),
  variant('short-health', 'Health says no more than ok, readiness no more than ready.', {
    routes: {
      ...BETA_9.routes,
      'GET /health': () => ({ status: 200, body: { status: 'ok' } }),
      'GET /health/ready': () => ({ status: 200, body: { status: 'ready' } }),
    },
  }),
  variant('health-from-cache', 'A cache in front answers GET /health with an answer that is five minutes old.', {
    routes: {
      ...BETA_9.routes,
      'GET /health': (_request, { epochMs }) => ({
        status: 200,
        headers: { date: new Date(epochMs() - CACHED_S * 1000).toUTCString(), age: String(CACHED_S), 'x-cache': 'HIT' },
        body: { status: 'healthy' },
      }),
    },
  }),
  variant('guarded-websocket-health', 'A middleware answers plain GETs of /ws/health and /ws/config with 400.', {
    routes: {
      ...BETA_9.routes,
      'GET /ws/health': () => ({ status: 400, body: { error: 'not_a_websocket_request' } }),
      'GET /ws/config': () => ({ status: 400, body: { error: 'not_a_websocket_request' } }),
    },
  }),
];

function encoded(plan: Plan, encode: Encode): Plan {
  return plan.map((step) => (step.act.kind === 'message' ? { ...step, act: { ...step.act, encode } } : step));
}

function pieces(bytes: Uint8Array): readonly Uint8Array[] {
  const size = Math.ceil(bytes.length / PIECES);
  return Array.from({ length: PIECES }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

function inFragments(text: string): readonly Uint8Array[] {
  return pieces(Buffer.from(text)).map((payload, at) =>
    frameBytes({ opcode: at === 0 ? OPCODES.text : OPCODES.continuation, payload, final: at === PIECES - 1 }),
  );
}

function inPieces(text: string): readonly Uint8Array[] {
  return pieces(frameBytes({ opcode: OPCODES.text, payload: text }));
}

function answering(
  name: string,
  does: string,
  label: string,
  compose: (epochMs: number) => Record<string, unknown>,
): Profile {
  return variant(name, does, {
    reply: (request, context: ConnectionContext) =>
      instead(BETA_9.reply(request, context), label, () => [say(label, compose)]),
  });
}
