import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { after, without } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import { EVENTS_BEFORE_THE_END, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

/** Runs whose events come at the wrong place, all at once (failure notes FM-55 to FM-57). */
export const EVENT_MOVE_FAULTS: readonly Fault[] = [
  ...EVENTS_BEFORE_THE_END.map(moveAfterEnd),
  {
    name: 'reverse-events',
    does: 'Sends the events of every run in reverse.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'FM-56',
    run: (plan) => plan.toReversed(),
  },
  {
    name: 'reverse-middle',
    does: 'Sends what is between agent_started and agent_completed in reverse.',
    hits: 'the middle of every run',
    mustFind: [finds('agent-run', 'event-out-of-order')],
    diagnosis: 'FM-56',
    run: (plan) => [...plan.slice(0, 1), ...plan.slice(1, -1).toReversed(), ...plan.slice(-1)],
  },
  {
    name: 'repeat-every-event',
    does: 'Sends every event of every run twice.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'event-duplicated')],
    diagnosis: 'FM-57',
    run: (plan) => plan.flatMap((step) => [step, { ...step }]),
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
    run: (plan) => [...plan.slice(0, 1), ...plan.slice(-1)],
  },
];

function moveAfterEnd(event: AgentEvent): Fault {
  return {
    name: `move-${kebab(event)}-after-end`,
    does: `Sends ${event} after ${AGENT_EVENTS.at(-1)}.`,
    hits: event,
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'FM-56',
    run: (plan) => moved(plan, event),
  };
}

function moved(plan: Plan, event: AgentEvent): Plan {
  const step = plan.find(({ label }) => label === event);
  return step === undefined ? plan : after(without(plan, event), 'agent_completed', step);
}
