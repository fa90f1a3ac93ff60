import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { say, stayQuiet, endAfter, instead, without } from '../../behaviour/plan.ts';
import { serverMessage } from '../../messages/server-message.ts';
import { EVENTS_BEFORE_THE_END, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

/** A run that stalls or fails instead of completing (failure notes FM-53, FM-54, FM-61, FM-63). */
export const RUN_ENDING_FAULTS: readonly Fault[] = [
  {
    name: 'no-events',
    does: 'Acknowledges a request to an agent and sends no event.',
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-53',
    run: (_plan, _request, { userId }) => [
      say(
        'acknowledgement',
        serverMessage('system_message', () => ({ status: 'acknowledged', user_id: userId })),
      ),
    ],
  },
  {
    name: 'stall-before-agent-started',
    does: 'Answers a request to an agent with silence.',
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'run-unanswered')],
    diagnosis: 'FM-48',
    run: () => [stayQuiet('stall')],
  },
  ...EVENTS_BEFORE_THE_END.map(stallAfter),
  {
    name: 'agent-error-instead-of-completed',
    does: 'Ends every run with agent_error instead of agent_completed.',
    hits: 'agent_completed',
    mustFind: [finds('agent-run', 'run-failed')],
    diagnosis: 'FM-61',
    run: (plan, { thread }, { userId }) =>
      instead(without(plan, 'run-completed'), 'agent_completed', (step) => [
        { ...step, label: 'agent_error', act: { kind: 'message', compose: agentError(thread, userId) } },
      ]),
  },
];

function stallAfter(event: AgentEvent): Fault {
  return {
    name: `stall-after-${kebab(event)}`,
    does: `Falls silent after ${event}.`,
    hits: `what follows ${event}`,
    mustFind: [finds('agent-run', 'run-stalled')],
    diagnosis: event === 'agent_started' ? 'FM-54' : 'FM-63',
    run: (plan) => endAfter(plan, event, stayQuiet('stall')),
  };
}

function agentError(thread: string, userId: string): (epochMs: number) => Readonly<Record<string, unknown>> {
  return (epochMs) => ({
    type: 'agent_error',
    user_id: userId,
    thread_id: thread,
    timestamp: epochMs / 1000,
    payload: { status: 'error', error_message: 'The agent failed.', message: 'The agent failed.' },
  });
}
