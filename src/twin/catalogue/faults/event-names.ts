import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';

/** An event as part of a fault's name: `agent-thinking`. */
export function kebab(event: AgentEvent): string {
  return event.replaceAll('_', '-');
}

/** The events after which a run still owes something. */
export const EVENTS_BEFORE_THE_END: readonly AgentEvent[] = AGENT_EVENTS.filter((event) => event !== 'agent_completed');

/** Each event with the one that follows it. */
export const NEIGHBOURS: readonly (readonly [AgentEvent, AgentEvent])[] = AGENT_EVENTS.flatMap((event, at) => {
  const next = AGENT_EVENTS[at + 1];
  return next === undefined ? [] : [[event, next] as const];
});
