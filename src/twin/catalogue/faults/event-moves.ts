import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { swapped, without } from '../../behaviour/plan.ts';
import type { Plan, Step } from '../../behaviour/plan.ts';
import { movedToTheEnd } from './event-order.ts';
import { EVENTS_BEFORE_THE_END, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

const MIDDLE = ['agent_thinking', 'tool_executing', 'tool_completed'];

/** Runs whose events come at the wrong place, all at once (failure notes FM-55 to FM-57). */
export const EVENT_MOVE_FAULTS: readonly Fault[] = [
  ...EVENTS_BEFORE_THE_END.map(moveAfterEnd),
  {
    name: 'reverse-events',
    does: 'Sends the events of every run in reverse.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'FM-56',
    run: (plan) => [...plan.filter((step) => !isOfARun(step)), ...plan.filter(isOfARun).toReversed()],
  },
  {
    name: 'reverse-middle',
    does: 'Sends what is between agent_started and agent_completed in reverse.',
    hits: 'the middle of every run',
    mustFind: [finds('agent-run', 'event-out-of-order')],
    diagnosis: 'FM-56',
    run: (plan) => swapped(plan, 'agent_thinking', 'tool_completed'),
  },
  {
    name: 'repeat-every-event',
    does: 'Sends every event of every run twice.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'event-duplicated')],
    diagnosis: 'FM-57',
    run: (plan) => plan.flatMap((step) => (isEvent(step) ? [step, { ...step }] : [step])),
  },
  {
    name: 'repeat-run',
    does: 'Plays every run twice, one after the other.',
    hits: 'the whole run',
    mustFind: [finds('agent-run', 'event-after-end'), finds('agent-run', 'event-duplicated')],
    diagnosis: 'FM-57',
    run: (plan) => [...plan, ...plan.map((step) => ({ ...step }))],
  },
  {
    name: 'drop-tools',
    does: 'Leaves tool_executing and tool_completed out of every run.',
    hits: 'tool_executing and tool_completed',
    mustFind: [finds('agent-run', 'event-missing')],
    diagnosis: 'FM-55',
    run: (plan) => without(without(plan, 'tool_executing'), 'tool_completed'),
  },
  {
    name: 'drop-the-middle',
    does: 'Sends agent_started and agent_completed and nothing between them.',
    hits: 'the middle of every run',
    mustFind: [finds('agent-run', 'event-missing')],
    diagnosis: 'FM-55',
    run: (plan) => MIDDLE.reduce<Plan>(without, plan),
  },
];

function moveAfterEnd(event: AgentEvent): Fault {
  return {
    name: `move-${kebab(event)}-after-end`,
    does: `Sends ${event} after the end of the run.`,
    hits: event,
    mustFind: [finds('agent-run', 'event-after-end')],
    ...(event === 'agent_started' && { mayAlsoFind: [finds('agent-run', 'event-missing')] }),
    diagnosis: 'FM-56',
    run: (plan) => movedToTheEnd(plan, event),
  };
}

function isEvent({ label }: Step): boolean {
  return AGENT_EVENTS.some((event) => event === label);
}

/** Whether a step is an event of the run; a new thread is none. */
function isOfARun({ label }: Step): boolean {
  return label !== 'thread-created';
}
