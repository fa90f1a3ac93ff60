import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import type { Delivery } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

/** Events that say the wrong thing (failure notes FM-60, FM-67). */
export const EVENT_CONTENT_FAULTS: readonly Fault[] = [
  {
    name: 'canned-run',
    does: 'Lets a fallback handler make up the events instead of an agent.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'canned-response')],
    diagnosis: 'FM-60',
    frame: (message, delivery) => (isEvent(delivery) ? canned(message) : message),
  },
  {
    name: 'second-run-mixed-up',
    does: 'Gives tool_executing of two simultaneous runs of one connection the thread of each other.',
    hits: 'tool_executing of simultaneous runs',
    mustFind: [finds('isolation', 'foreign-run')],
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

function canned(message: JsonObject): JsonObject {
  return {
    ...message,
    ...('agent_name' in message && { agent_name: 'ChatAgent' }),
    ...('tool_name' in message && { tool_name: 'response_generator' }),
    ...('final_response' in message && { final_response: 'Agent processed your message: done.' }),
  };
}
