/** Wire types of requests to an agent, as the server normalises them (protocol notes §7.2). */
const RUN_TYPES: readonly string[] = [
  'user',
  'user_input',
  'user_message',
  'chat',
  'chat_message',
  'message',
  'agent',
  'start_agent',
  'execute_agent',
];

const SYNONYMS: Readonly<Record<string, string>> = {
  connected: 'connect',
  connection_established: 'connect',
  typing: 'user_typing',
  typing_started: 'user_typing',
  typing_stopped: 'user_typing',
  agent_status: 'agent_status_update',
  agent_update: 'agent_status_update',
  agent_thinking: 'agent_progress',
  tool_executing: 'agent_progress',
  tool_completed: 'agent_progress',
  agent_completed: 'agent_response_complete',
  agent_failed: 'agent_error',
  agent_fallback: 'agent_error',
  error: 'error_message',
  system: 'system_message',
  thread: 'thread_update',
};

/** Whether a wire type asks an agent to run. */
export function isRunType(type: string): boolean {
  return RUN_TYPES.includes(type);
}

/** The name under which the server knows a wire type (protocol notes §7.2). */
export function normalisedType(type: string): string {
  return Object.hasOwn(SYNONYMS, type) ? (SYNONYMS[type] ?? type) : type;
}
