import type { Act, Plan, Step } from '../../behaviour/plan.ts';
import { after } from '../../behaviour/plan.ts';
import type { HttpAnswer } from '../../http/http-exchange.ts';
import type { ExpectedFinding, Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** More than any client is set to accept: see `MOST_FRAMES` and `MOST_BYTES` of the proof. */
const FRAMES = 3000;
const BIG_MESSAGES = 20;
const BIG_BYTES = 400_000;
const LEVELS = 100_000;

/** Which check a flood disturbs beside the one that reports it depends on the moment at which the connection is cut. */
const CUT_SHORT: readonly ExpectedFinding[] = [
  finds('welcome', 'welcome-missing'),
  finds('refuses', 'bad-token-accepted'),
  finds('fan-out', 'fan-out-missing'),
  finds('e2e-headers', 'headers-change-behaviour'),
];

/** Servers that try to hang, to exhaust or to break their clients. */
export const HOSTILE_FAULTS: readonly Fault[] = [
  flood('endless-messages', 'thousands of small messages without a pause', FRAMES, {
    kind: 'text',
    text: '{"type":"system_message","data":{"event":"tick"}}',
  }),
  flood('ping-flood', 'thousands of ping frames without a pause', FRAMES, {
    kind: 'control',
    opcode: 'ping',
    payload: 'flood',
  }),
  flood('pong-flood', 'thousands of pong frames that nobody asked for', FRAMES, {
    kind: 'control',
    opcode: 'pong',
    payload: 'flood',
  }),
  flood('huge-messages', 'message after message of 400 kB', BIG_MESSAGES, {
    kind: 'text',
    text: JSON.stringify({ type: 'system_message', data: { padding: 'x'.repeat(BIG_BYTES) } }),
  }),
  {
    name: 'deep-nesting',
    does: `Sends a message that is nested ${LEVELS} levels deep after agent_thinking.`,
    hits: 'an extra frame after agent_thinking',
    mustFind: [finds('well-formed', 'frame-nested-too-deep')],
    diagnosis: 'FM-65',
    run: (plan) => after(plan, 'agent_thinking', step('deep-nesting', { kind: 'text', text: nested(LEVELS) })),
  },
  hostileHealth('health-endless', 'with a body that never stops', 'endless'),
  hostileHealth('health-bomb', 'with a small body that is 20 MB when it is decompressed', 'bomb'),
  hostileHealth('health-stalled', 'with a body that stops before its end', 'stalled'),
  {
    name: 'refusal-stalled',
    does: 'Answers every upgrade request with HTTP 500 and a body that stops before its end.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'upgrade-crashed')],
    diagnosis: 'FM-10',
    handshake: () => ({ kind: 'refuse', status: 500, headers: {}, body: 'Internal Server Error', stalls: true }),
  },
];

function hostileHealth(name: string, how: string, hostile: NonNullable<HttpAnswer['hostile']>): Fault {
  return {
    name,
    does: `Answers GET /health ${how}.`,
    hits: 'GET /health',
    mustFind: [finds('preflight', 'health-failed'), finds('endpoint', 'endpoint-malformed')],
    diagnosis: 'endpoint-wrong',
    http: (answer, { path }) => (path === '/health' ? { ...answer, hostile } : answer),
  };
}

function flood(name: string, what: string, times: number, act: Act): Fault {
  const frames: Plan = Array.from({ length: times }, () => step(name, act));
  return {
    name,
    does: `Sends ${what} once a connection is open.`,
    hits: 'the connection',
    mustFind: [finds('well-formed', 'flooded')],
    mayAlsoFind: CUT_SHORT,
    diagnosis: 'flooded',
    life: (plan) => [...plan, ...frames],
  };
}

function step(label: string, act: Act): Step {
  return { label, afterMs: 0, act };
}

/** An object within an object, so many levels deep, as text: no program could write it from a value. */
function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
}
