import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { Fault } from '../fault.ts';
import { after, swapped, without } from '../../behaviour/plan.ts';
import type { Plan } from '../../behaviour/plan.ts';
import { NEIGHBOURS, kebab } from './event-names.ts';
import { finds } from './provocation.ts';

const DIAGNOSIS_OF_A_LOSS: Partial<Record<AgentEvent, string>> = {
  tool_executing: 'FM-55',
  tool_completed: 'FM-55',
  agent_completed: 'FM-63',
};

/** The steps of a run that are such an event, of the agent or of the run itself; a run without its start has no end either. */
const STEPS_OF: Readonly<Record<AgentEvent, readonly string[]>> = {
  agent_started: ['run-record', 'run-started', 'agent_started', 'run-completed'],
  agent_thinking: ['agent_thinking'],
  tool_executing: ['tool_executing'],
  tool_completed: ['tool_completed'],
  agent_completed: ['agent_completed', 'run-completed'],
};

/** A run that lacks one of its events, repeats one, swaps two, or goes on after its end (failure notes FM-55 to FM-57). */
export const EVENT_ORDER_FAULTS: readonly Fault[] = [
  ...AGENT_EVENTS.map(dropEvent),
  ...AGENT_EVENTS.map(repeatEvent),
  ...NEIGHBOURS.map(([first, second]) => swapEvents(first, second)),
  {
    name: 'event-after-end',
    does: 'Sends another agent_thinking after the end of the run.',
    hits: 'agent_thinking',
    mustFind: [finds('agent-run', 'event-after-end')],
    diagnosis: 'event-after-end',
    run: (plan) => {
      const thinking = plan.find(({ label }) => label === 'agent_thinking');
      return thinking === undefined ? plan : [...plan, { ...thinking }];
    },
  },
];

function dropEvent(event: AgentEvent): Fault {
  return {
    name: `drop-${kebab(event)}`,
    does: `Leaves every ${event} out of every run.`,
    hits: event,
    mustFind: [finds('agent-run', event === 'agent_completed' ? 'run-stalled' : 'event-missing')],
    diagnosis: DIAGNOSIS_OF_A_LOSS[event] ?? 'event-missing',
    run: (plan) => STEPS_OF[event].reduce(without, plan),
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
    run: (plan) => (second === 'agent_completed' ? movedToTheEnd(plan, first) : swapped(plan, first, second)),
  };
}

/** The step with the label, after the end of the run. */
export function movedToTheEnd(plan: Plan, label: string): Plan {
  const step = plan.find((candidate) => candidate.label === label);
  return step === undefined ? plan : [...without(plan, label), step];
}
