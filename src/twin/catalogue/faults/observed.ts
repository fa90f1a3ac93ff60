import type { Admission, Decision } from '../../behaviour/attempt.ts';
import { openFor } from '../../handshake/decisions.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import { isJsonObject } from '../../../protocol/fields.ts';
import type { HandshakeContext } from '../../behaviour/context.ts';
import { closeWith, cutOff, delayed, instead } from '../../behaviour/plan.ts';
import type { Fault } from '../fault.ts';
import { LOST_ANSWERS } from './connection-closings.ts';
import { finds } from './provocation.ts';

/** Into so many parts a lateness is divided that several share. */
const SHARES = 4;
const STEPS_OF_A_RUN = 9;

/**
 * What was really wrong when the product's own server code ran (observed on beta-9, beta-10 and beta-14) and is not the
 * misbehaviour of any other fault.
 */
export const OBSERVED_FAULTS: readonly Fault[] = [
  {
    name: 'welcomes-one-by-one',
    does: 'Sleeps on its event loop before each welcome, so that each further user waits for all before.',
    hits: 'welcome',
    mustFind: [finds('welcome', 'welcome-late')],
    diagnosis: 'FM-36',
    opening: (plan, { admissions, epochMs, pace }) => {
      const waitMs = lastWelcomeAtMs(admissions, pace.lateMs / SHARES) - epochMs();
      return plan.map((step, at) => (at === 0 ? delayed(step, waitMs) : step));
    },
  },
  {
    name: 'loop-ends-after-welcome',
    does: 'Welcomes the client, reads nothing, and a moment later is gone without a close frame.',
    hits: 'the connection, after the welcome',
    mustFind: [finds('closing', 'closed-uncleanly'), finds('heartbeat', 'pong-missing')],
    mayAlsoFind: [...LOST_ANSWERS, finds('closing', 'close-misanswered')],
    diagnosis: 'FM-46',
    life: (plan, { pace }) => [...plan, cutOff('end', pace.crashMs)],
    reply: () => [],
    run: () => [],
  },
  {
    name: 'pong-after-slow-run',
    does: 'Takes longer for a run than a pong may take, without a long pause, and reads nothing before its end.',
    hits: 'pong, while an agent runs',
    mustFind: [finds('heartbeat', 'pong-late')],
    mayAlsoFind: [
      finds('agent-run', 'first-event-late'),
      finds('agent-run', 'run-late'),
      finds('agent-run', 'run-unanswered'),
    ],
    diagnosis: 'pong-late',
    run: (plan, _request, { pace }) => plan.map((step) => delayed(step, pace.lateMs / STEPS_OF_A_RUN)),
  },
  {
    name: 'accept-any-token',
    does: 'Accepts every token over WebSocket, whatever is wrong with it, while /ws/health denies that authentication is bypassed.',
    hits: 'handshake',
    mustFind: [finds('refusal', 'bad-token-accepted'), finds('same-judgement', 'judged-differently')],
    diagnosis: 'bad-token-accepted',
    handshake: acceptAnyToken,
  },
  {
    name: 'accept-any-token-with-e2e-headers',
    does: 'Accepts every token over WebSocket as soon as the E2E headers are there.',
    hits: 'handshake',
    mustFind: [finds('refusal', 'bad-token-accepted'), finds('same-judgement', 'judged-differently')],
    diagnosis: 'bad-token-accepted',
    handshake: (decision, context) => (context.attempt.marked ? acceptAnyToken(decision, context) : decision),
  },
  {
    name: 'echo-token-in-refusal',
    does: 'Repeats the whole token in the error that refuses it.',
    hits: 'auth-error',
    mustFind: [finds('secrets', 'secret-echoed')],
    diagnosis: 'secret-exposed',
    handshake: (decision, { attempt }) => {
      if (decision.kind !== 'reject-after-upgrade') return decision;
      const plan = instead(decision.plan, 'auth-error', (step) => {
        const { act } = step;
        if (act.kind !== 'message') return [step];
        return [{ ...step, act: { ...act, compose: (epochMs) => echoing(act.compose(epochMs), attempt.headers) } }];
      });
      return plan === decision.plan ? decision : { ...decision, plan };
    },
  },
  {
    name: 'array-main-cleanup',
    does: 'Closes with 1000 "main cleanup" when it gets a JSON array.',
    hits: 'the connection, after bad input',
    mustFind: [finds('bad-input', 'input-misanswered'), finds('closing', 'closed-by-server')],
    diagnosis: 'bad-input',
    reply: (plan, request) =>
      request.kind === 'unreadable' && request.why === 'not-an-object' ? [closeWith(1000, 'main cleanup')] : plan,
  },
  {
    name: 'readiness-hangs',
    does: 'Answers GET /health/ready only after longer than anybody waits for it.',
    hits: 'GET /health/ready',
    mustFind: [finds('endpoint', 'endpoint-failed', 'environment')],
    diagnosis: 'FM-74',
    http: (answer, { path }) => (path === '/health/ready' ? { ...answer, afterMs: HANGS_MS } : answer),
  },
];

const HANGS_MS = 25_000;

function acceptAnyToken(decision: Decision, context: HandshakeContext): Decision {
  const { credential } = context.attempt;
  if (credential.valid || credential.flaw === 'no-token') return decision;
  return openFor(credential.claimedUserId === '' ? 'e2e-anybody' : credential.claimedUserId, context);
}

/** What a refusal of beta-9 says of the request that it refuses (observed). */
function echoing(message: JsonObject, headers: Readonly<Record<string, string>>): JsonObject {
  const details = message['details'];
  const failureContext = {
    auth_headers: {
      authorization_present: headers['authorization'] !== undefined,
      authorization_preview: headers['authorization']?.slice(0, 20) ?? '',
      websocket_protocol: headers['sec-websocket-protocol'] ?? '',
    },
  };
  return { ...message, details: { ...(isJsonObject(details) && details), failure_context: failureContext } };
}

/** When the welcome of the last connection is out, if each one takes `eachMs` and waits for all before; epoch milliseconds. */
function lastWelcomeAtMs(admissions: readonly Admission[], eachMs: number): number {
  return admissions.reduce((freeAtMs, { atMs }) => Math.max(freeAtMs, atMs) + eachMs, 0);
}
