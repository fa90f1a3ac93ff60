/** The five agent events, in the order in which one run of a tool-using agent delivers them (protocol notes §A.7). */
export const AGENT_EVENTS = [
  'agent_started',
  'agent_thinking',
  'tool_executing',
  'tool_completed',
  'agent_completed',
] as const;

/** One of {@link AGENT_EVENTS}. */
export type AgentEvent = (typeof AGENT_EVENTS)[number];

/** Wire names that older and newer servers use for the five (protocol notes §8.2, row "event name"). */
const SYNONYMS: Readonly<Record<string, AgentEvent>> = {
  agent_started: 'agent_started',
  agent_thinking: 'agent_thinking',
  tool_executing: 'tool_executing',
  tool_completed: 'tool_completed',
  agent_completed: 'agent_completed',
  tool_call: 'tool_executing',
  tool_result: 'tool_completed',
  agent_finished: 'agent_completed',
  subagent_completed: 'agent_completed',
  agent_response_complete: 'agent_completed',
};

/** Wire types that end a run without an answer (protocol notes §8.4 and §13). */
export const AGENT_FAILURES = [
  'agent_error',
  'agent_failed',
  'agent_fallback',
  'agent_death',
  'agent_timeout_failure',
] as const;

/**
 * The name under which a run is entered in the server's records. Its start says that the run exists, not that an agent is at
 * work, and nothing completes under it (protocol notes §8.4, observed on beta-9).
 */
const RUN_RECORD = 'netra-assistant';

/** Whether the name of an agent stands for the record of a run. */
export function isRunRecord(agent: string | undefined): boolean {
  return agent === RUN_RECORD;
}

/** The agent event that a wire name stands for, or `undefined` when it stands for none. */
export function agentEventNamed(name: unknown): AgentEvent | undefined {
  return typeof name === 'string' && Object.hasOwn(SYNONYMS, name) ? SYNONYMS[name] : undefined;
}
