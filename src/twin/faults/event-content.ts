import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { Delivery } from '../context.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** Events that say the wrong thing (failure notes FM-58, FM-60, FM-67). */
export const EVENT_CONTENT_FAULTS: readonly Fault[] = [
  {
    name: 'strip-timestamp',
    does: 'Sends agent_thinking without a timestamp.',
    hits: 'agent_thinking',
    provokes: [finds('agent-run', 'event-field-missing')],
    diagnosis: 'FM-58',
    frame: (message, { label }) => (label === 'agent_thinking' ? lacking(message, 'timestamp') : message),
  },
  {
    name: 'strip-tool-name',
    does: 'Sends tool_executing without the name of the tool.',
    hits: 'tool_executing',
    provokes: [finds('agent-run', 'event-field-missing')],
    diagnosis: 'FM-58',
    frame: (message, { label }) => (label === 'tool_executing' ? lacking(message, 'tool_name') : message),
  },
  {
    name: 'canned-run',
    does: 'Lets a fallback handler make up the events instead of an agent.',
    hits: 'the events of every run',
    provokes: [finds('agent-run', 'canned-response')],
    diagnosis: 'FM-60',
    frame: (message, delivery) => (isEvent(delivery) ? canned(message) : message),
  },
  {
    name: 'foreign-user-id',
    does: 'Names another user in tool_completed.',
    hits: 'tool_completed',
    provokes: [finds('isolation', 'foreign-user')],
    diagnosis: 'FM-67',
    frame: (message, { label }) =>
      label === 'tool_completed' ? { ...message, user_id: 'somebody-else-entirely' } : message,
  },
  {
    name: 'foreign-thread-id',
    does: 'Names another thread in tool_completed.',
    hits: 'tool_completed',
    provokes: [finds('isolation', 'foreign-thread')],
    diagnosis: 'FM-67',
    frame: (message, { label }) =>
      label === 'tool_completed' ? { ...message, thread_id: 'thread_of_somebody_else' } : message,
  },
  {
    name: 'foreign-run-id',
    does: 'Gives the events a run id, and tool_completed that of another run.',
    hits: 'the events of every run',
    provokes: [finds('isolation', 'foreign-run')],
    diagnosis: 'FM-67',
    frame: (message, delivery) => (isEvent(delivery) ? { ...message, run_id: runIdFor(delivery) } : message),
  },
  {
    name: 'second-run-mixed-up',
    does: 'Gives tool_executing of two simultaneous runs of one connection the thread of each other.',
    hits: 'tool_executing of simultaneous runs',
    provokes: [finds('isolation', 'foreign-run')],
    diagnosis: 'FM-67',
    frame: (message, { label, run }, { activeRuns }) => {
      if (label !== 'tool_executing') return message;
      const other = run === undefined ? undefined : activeRuns().find(({ number }) => number !== run.number);
      return other === undefined ? message : { ...message, thread_id: other.thread };
    },
  },
];

function isEvent({ label }: Delivery): boolean {
  return AGENT_EVENTS.some((event) => event === label);
}

function lacking(message: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(message).filter(([name]) => name !== field));
}

function runIdFor({ label, run }: Delivery): string {
  return label === 'tool_completed' ? 'run_of_somebody_else' : `run_${run?.number ?? 0}_${run?.thread ?? ''}`;
}

function canned(message: JsonObject): JsonObject {
  return {
    ...message,
    ...('agent_name' in message && { agent_name: 'ChatAgent' }),
    ...('tool_name' in message && { tool_name: 'response_generator' }),
    ...('final_response' in message && { final_response: 'Agent processed your message: done.' }),
  };
}
