import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { after, swapped, without } from '../../behaviour/plan.ts';
import { NEIGHBOURS, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

const DIAGNOSIS_OF_A_LOSS: Partial<Record<AgentEvent, string>> = {
  tool_executing: 'FM-55',
  tool_completed: 'FM-55',
  agent_completed: 'FM-63',
};

/** A run that lacks one of its events, repeats one, swaps two, or goes on after its end (failure notes FM-55 to FM-57). */
export const EVENT_ORDER_FAULTS: readonly Fault[] = [
  ...AGENT_EVENTS.map(dropEvent),
  ...AGENT_EVENTS.map(repeatEvent),
  ...NEIGHBOURS.map(([first, second]) => swapEvents(first, second)),
  {
    name: 'event-after-end',
    does: 'Sends another agent_thinking after agent_completed.',
    hits: 'agent_thinking',
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'event-after-end',
    run: (plan) => {
      const thinking = plan.find(({ label }) => label === 'agent_thinking');
      return thinking === undefined ? plan : after(plan, 'agent_completed', { ...thinking });
    },
  },
];

function dropEvent(event: AgentEvent): Fault {
  return {
    name: `drop-${kebab(event)}`,
    does: `Leaves ${event} out of every run.`,
    hits: event,
    mustFind: [finds('agent-run', event === 'agent_completed' ? 'run-stalled' : 'event-missing')],
    diagnosis: DIAGNOSIS_OF_A_LOSS[event] ?? 'event-missing',
    run: (plan) => without(plan, event),
  };
}

function repeatEvent(event: AgentEvent): Fault {
  return {
    name: `repeat-${kebab(event)}`,
    does: `Sends ${event} twice in every run.`,
    hits: event,
    mustFind: [finds('agent-run', 'event-duplicated')],
    diagnosis: 'FM-57',
    run: (plan) => {
      const step = plan.find(({ label }) => label === event);
      return step === undefined ? plan : after(plan, event, { ...step });
    },
  };
}

function swapEvents(first: AgentEvent, second: AgentEvent): Fault {
  return {
    name: `swap-${kebab(first)}-${kebab(second)}`,
    does: `Sends ${second} before ${first}.`,
    hits: `${first} and ${second}`,
    mustFind: [finds('agent-run', second === 'agent_completed' ? 'event-after-end' : 'event-out-of-order')],
    diagnosis: 'FM-56',
    run: (plan) => swapped(plan, first, second),
  };
}
