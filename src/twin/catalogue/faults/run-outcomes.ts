import type { JsonObject } from '../../../protocol/fields.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { say, tellUser, delayed, instead, without } from '../../behaviour/plan.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import { errorMessage } from '../../messages/server-message.ts';
import { finds } from './provocation.ts';

/** What a late run makes late: the server reads nothing before its end (observed). */
const WHO_WAITS = [
  finds('heartbeat', 'pong-late'),
  finds('heartbeat', 'pong-missing'),
  finds('agent-run', 'run-unanswered'),
  finds('agent-run', 'run-stalled'),
];

/** Runs that come late, fail, or are refused (failure notes FM-48 to FM-51, FM-60, FM-61, FM-63). */
export const RUN_OUTCOME_FAULTS: readonly Fault[] = [
  lateEvent('first-event-late', 'the first message of a run', (plan, lateMs) =>
    plan.map((step, at) => (at === 0 ? delayed(step, lateMs) : step)),
  ),
  lateEvent('event-gap-late', 'tool_completed', (plan, lateMs) =>
    instead(plan, 'tool_completed', (step) => [delayed(step, lateMs)]),
  ),
  {
    name: 'run-late',
    does: 'Takes longer for a run than its budget, without one long pause.',
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'run-late')],
    mayAlsoFind: [finds('agent-run', 'event-gap-late'), finds('agent-run', 'first-event-late'), ...WHO_WAITS],
    diagnosis: 'run-late',
    run: (plan, _request, { pace }) => plan.map((step) => (isEvent(step) ? delayed(step, 0.5 * pace.lateMs) : step)),
  },
  ...['agent_failed', 'agent_fallback', 'agent_death', 'agent_timeout_failure'].map(failedRun),
  refusedRun('reject-request-type', 'Unknown message type: user_message', 'FM-50'),
  refusedRun('reject-timestamp', 'Input should be a valid number [type=float_parsing]', 'FM-49'),
  {
    name: 'second-run-dead',
    does: 'Runs the agent once per connection, and never again.',
    hits: 'the second run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-51',
    run: (plan, { number }) =>
      number === 1
        ? plan
        : [say('error', errorMessage('AGENT_ERROR', 'modelmetaclass already registered in ToolRegistry'))],
  },
  {
    name: 'first-run-dead',
    does: 'Answers the first request of a connection with silence, and the others well.',
    hits: 'the first run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    mayAlsoFind: [finds('early-request', 'early-request-lost')],
    diagnosis: 'FM-48',
    run: (plan, { number }) => (number === 1 ? [] : plan),
  },
  {
    name: 'canned-emergency',
    does: 'Marks the answer as made up in emergency mode.',
    hits: 'agent_completed',
    mustFind: [finds('agent-run', 'canned-response')],
    diagnosis: 'FM-60',
    frame: (message, { label }) => (label === 'agent_completed' ? { ...message, emergency_mode: true } : message),
  },
];

function isEvent({ label }: Step): boolean {
  return AGENT_EVENTS.some((event) => event === label);
}

function lateEvent(
  name: 'first-event-late' | 'event-gap-late',
  what: string,
  late: (plan: Plan, lateMs: number) => Plan,
): Fault {
  return {
    name,
    does: `Sends ${what} later than its budget.`,
    hits: what,
    mustFind: [finds('agent-run', name)],
    mayAlsoFind: [finds('agent-run', 'run-late'), ...WHO_WAITS],
    diagnosis: 'run-late',
    run: (plan, _request, { pace }) => late(plan, pace.lateMs),
  };
}

function failedRun(type: string): Fault {
  return {
    name: `${type.replaceAll('_', '-')}-instead-of-completed`,
    does: `Ends every run with ${type} instead of agent_completed.`,
    hits: 'agent_completed',
    mustFind: [finds('agent-run', 'run-failed')],
    diagnosis: 'FM-61',
    run: (plan, { thread }) =>
      instead(without(plan, 'run-completed'), 'agent_completed', () => [
        tellUser(type, (epochMs): JsonObject => ({
          type,
          thread_id: thread,
          timestamp: epochMs / 1000,
          payload: { status: 'error', error_message: 'The agent failed.' },
        })),
      ]),
  };
}

function refusedRun(name: string, text: string, diagnosis: string): Fault {
  const plan: Plan = [say('error', errorMessage('VALIDATION_ERROR', text))];
  return {
    name,
    does: `Answers every request to an agent with the error "${text}".`,
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis,
    run: () => plan,
  };
}
