import type { JsonObject } from '../../../protocol/fields.ts';
import { isJsonObject } from '../../../protocol/fields.ts';
import { after, before, delayed, say, without } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import type { ConnectionContext } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** Bytes that some proxies and routers let pass; a large request has more. */
const SMALL_REQUEST_CHARACTERS = 65_536;

/** So late that a request sent at open comes before it on a slow machine too, and so early that the welcome is in time. */
const LATE_TO_READ_MS = 250;

/** What takes from the product's own clients what they rely on (protocol notes §12, §13). */
export const PRODUCT_CLIENT_FAULTS: readonly Fault[] = [
  renaming('answer-misplaced', 'agent_completed', 'result', 'final_response'),
  renaming('thought-misplaced', 'agent_thinking', 'reasoning', 'content'),
  renaming('tool-name-misplaced', 'tool_executing', 'tool_name', 'tool'),
  {
    name: 'untyped-progress',
    does: 'Sends a progress message without a type before the welcome.',
    hits: 'progress, before the welcome',
    mustFind: [finds('typed-messages', 'message-untyped')],
    diagnosis: 'browser-client',
    opening: (plan) => before(plan, 'welcome', say('progress', untyped)),
  },
  {
    name: 'thread-announced-late',
    does: 'Announces the new thread of a run only after the run.',
    hits: 'thread_created',
    mustFind: [finds('thread-created', 'thread-unannounced')],
    mayAlsoFind: [finds('isolation', 'foreign-thread')],
    diagnosis: 'browser-client',
    run: (plan) => {
      const announcement = plan.find(({ label }) => label === 'thread-created');
      return announcement === undefined ? plan : [...without(plan, 'thread-created'), announcement];
    },
  },
  {
    name: 'early-request-lost',
    does: 'Begins to read late, and drops the requests that came before.',
    hits: 'the run of a request that came before the welcome',
    mustFind: [finds('early-request', 'early-request-lost')],
    diagnosis: 'client-request-ignored',
    opening: (plan) => plan.map((step, at) => (at === 0 ? delayed(step, LATE_TO_READ_MS) : step)),
    run: (plan, { isEarly }) => (isEarly ? [] : plan),
  },
  {
    name: 'returning-user-unserved',
    does: 'Runs no agent for a user who was here before and comes back.',
    hits: 'every run after a reconnect',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-48',
    run: (plan, _request, context) => (isReturning(context) ? [] : plan),
  },
  {
    name: 'session-restore-unanswered',
    does: 'Leaves session_restore without an answer.',
    hits: 'ack of session_restore',
    mustFind: [finds('session-restore', 'restore-unanswered')],
    diagnosis: 'client-request-ignored',
    reply: (plan, request) => (request.kind === 'message' && request.type === 'session_restore' ? [] : plan),
  },
  {
    name: 'stop-ignored',
    does: 'Acknowledges stop_agent, and goes on with the run.',
    hits: 'the run that is to be stopped',
    profile: 'beta-9/stoppable',
    mustFind: [finds('stop-agent', 'stop-ignored')],
    diagnosis: 'client-request-ignored',
    reply: (plan) => without(plan, 'stop-runs'),
  },
  {
    name: 'large-request-lost',
    does: 'Drops requests of several hundred kilobytes in silence.',
    hits: 'the run of a large request',
    profile: 'beta-9/large-messages',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-48',
    run: (plan, { prompt }) => (prompt.length > SMALL_REQUEST_CHARACTERS ? [] : plan),
  },
  {
    name: 'handshake-never-completed',
    does: 'Does not send handshake_complete.',
    hits: 'handshake_complete',
    profile: '2025-10',
    mustFind: [finds('october-handshake', 'handshake-incomplete')],
    diagnosis: 'october-handshake',
    reply: (plan) => without(plan, 'handshake-complete'),
  },
  {
    name: 'welcome-within-handshake',
    does: 'Sends the welcome between the acknowledgement and handshake_complete, where the client reads one message.',
    hits: 'welcome',
    profile: '2025-10/welcome-last',
    mustFind: [finds('october-handshake', 'handshake-disordered')],
    diagnosis: 'october-handshake',
    reply: (plan) => moved(plan, 'handshake-complete', 'welcome'),
  },
];

/** An event whose field has another name. */
function renaming(name: string, event: string, field: string, other: string): Fault {
  return {
    name,
    does: `Sends ${event} with ${other} in place of ${field}.`,
    hits: event,
    mustFind: [finds('browser-fields', 'field-misplaced')],
    diagnosis: 'browser-client',
    frame: (message, { label }) => {
      const { payload } = message;
      if (label !== event || !isJsonObject(payload) || payload[field] === undefined) return message;
      const { [field]: value, ...rest } = payload;
      return { ...message, payload: { ...rest, [other]: value } };
    },
  };
}

function untyped(epochMs: number): JsonObject {
  return { event: 'initialization_started', message_type: 'initialization_progress', timestamp: epochMs / 1000 };
}

/** Whether the user was let in before and has no other connection now. */
function isReturning({ admissions, peers, userId }: ConnectionContext): boolean {
  const isOfUser = (each: { readonly userId: string }): boolean => each.userId === userId;
  return admissions.filter(isOfUser).length > 1 && peers().filter(isOfUser).length === 1;
}

/** The plan with one step behind another. */
function moved(plan: Plan, label: string, behind: string): Plan {
  const step = plan.find((each) => each.label === label);
  return step === undefined ? plan : after(without(plan, label), behind, step);
}
