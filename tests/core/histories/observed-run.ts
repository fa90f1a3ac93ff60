import type { FakeConnection } from './fake-history.ts';

/** One run as beta-9 was observed to send it: its request, and the ids that the server makes up. */
export interface ObservedRun {
  /** The id of the request; its nonce is quoted as the prompt. */
  readonly id: string;
  readonly thread: string;
  /** The run's own id; `run_<thread>_<n>_<hex>` on the wire. */
  readonly run: string;
}

/** The parts of a run in order: `N` thread_created, `R` the record, `I` the run itself starts, `S T X C D` the agent, `E` the run itself ends. */
export const WHOLE = 'NRISTXCDE';

const AT = '2026-11-25T10:31:33.208799+00:00';

/** The conversation of the bridge of beta-9, by the letters of {@link WHOLE}. */
export function bridge(c: FakeConnection, { id, thread, run }: ObservedRun, letters = WHOLE): FakeConnection {
  const prompt = `Ask (nonce-${id})`;
  const agent = { run_id: run, agent_name: 'supervisor', timestamp: AT };
  const tool = { tool_name: 'cost_analysis' };
  const parts: Readonly<Record<string, object>> = {
    N: { type: 'thread_created', payload: { thread_id: thread, timestamp: 1795602693.1 } },
    R: {
      type: 'agent_started',
      payload: { run_id: run, agent_name: 'netra-assistant', thread_id: thread, timestamp: 1795602693.2 },
    },
    I: { type: 'agent_started', payload: { thread_id: thread, run_id: run } },
    S: { type: 'agent_started', ...agent, payload: { status: 'started', context: { user_query: prompt } } },
    T: { type: 'agent_thinking', ...agent, payload: { reasoning: 'Looking at costs', step_number: 1 } },
    X: { type: 'tool_executing', ...agent, payload: { ...tool, parameters: { days: 30 }, status: 'executing' } },
    C: { type: 'tool_completed', ...agent, payload: { ...tool, result: { rows: 3 }, status: 'completed' } },
    D: {
      type: 'agent_completed',
      ...agent,
      payload: { status: 'completed', result: { final_response: `Three drivers for: ${prompt}` } },
    },
    E: {
      type: 'agent_completed',
      payload: { supervisor_result: 'completed', results: { answer: `Three drivers for: ${prompt}` }, run_id: run },
    },
  };
  return hearEach(c, parts, letters);
}

/** The same run as the emitter of beta-9 sends it; it has no start and no end without a name. */
export function emitter(c: FakeConnection, { id, thread, run }: ObservedRun, letters = 'NRSTXCD'): FakeConnection {
  const ids = { run_id: run, thread_id: thread, timestamp: 1795602105.4 };
  const root = { timestamp: '2026-11-25T10:21:45.428239', critical: true };
  const data = (more: object): object => ({ ...root, data: { ...more, ...ids } });
  const parts: Readonly<Record<string, object>> = {
    N: { type: 'thread_created', payload: { thread_id: thread, timestamp: 1795602105.4 } },
    R: { type: 'agent_started', payload: { ...ids, agent_name: 'netra-assistant' } },
    S: {
      type: 'agent_started',
      ...data({ agent_name: 'supervisor', metadata: { user_query: `(nonce-${id})` }, status: 'started' }),
    },
    T: { type: 'agent_thinking', ...data({ thought: 'Looking', metadata: { agent_name: 'supervisor' } }) },
    X: { type: 'tool_executing', ...data({ tool: 'cost_analysis', metadata: { parameters: {} } }) },
    C: { type: 'tool_completed', ...data({ tool: 'cost_analysis', metadata: { result: {} } }) },
    D: {
      type: 'agent_completed',
      ...data({ agent_name: 'supervisor', metadata: { final_response: `Three for (nonce-${id})` } }),
    },
  };
  return hearEach(c, parts, letters);
}

function hearEach(c: FakeConnection, parts: Readonly<Record<string, object>>, letters: string): FakeConnection {
  for (const letter of letters) {
    const part = parts[letter];
    if (part !== undefined) c.receives(part);
  }
  return c;
}
