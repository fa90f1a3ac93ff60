import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import { answerTo } from '../../messages/bridge-run.ts';
import { replaced } from '../../messages/edit-fields.ts';
import type { ConnectionContext, FrameDelivery, RunRequest } from '../../behaviour/context.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

const LAST_RUN = new WeakMap<ConnectionContext, RunRequest>();

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
    does: 'Ends a later run of a connection with the answer to the run before it.',
    hits: 'agent_completed of the second run',
    mustFind: [finds('isolation', 'foreign-run')],
    diagnosis: 'FM-67',
    frame: (message, { label, run }, context) => {
      if (label !== 'agent_completed' || run === undefined) return message;
      const before = LAST_RUN.get(context);
      LAST_RUN.set(context, run);
      return before === undefined ? message : replaced(message, 'final_response', answerTo(before.prompt));
    },
  },
];

function isEvent({ label }: FrameDelivery): boolean {
  return AGENT_EVENTS.some((event) => event === label);
}

function canned(message: JsonObject): JsonObject {
  const answered = replaced(message, 'final_response', 'Agent processed your message: done.');
  return replaced(replaced(answered, 'agent_name', 'ChatAgent'), 'tool_name', 'response_generator');
}
