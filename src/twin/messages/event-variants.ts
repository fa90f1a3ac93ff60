import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../behaviour/context.ts';
import type { EventShape } from './event-shapes.ts';
import { contentOf } from './event-shapes.ts';

/** How one protocol version puts an event together: envelope and content, at a time in epoch milliseconds. */
type Assemble = (parts: {
  readonly event: AgentEvent;
  readonly content: JsonObject;
  readonly run: RunRequest;
  readonly context: ConnectionContext;
  readonly epochMs: number;
}) => JsonObject;

const iso = (epochMs: number): string => new Date(epochMs).toISOString();
const isoWithoutZone = (epochMs: number): string => iso(epochMs).slice(0, -1);
const runId = ({ number, thread }: RunRequest): string => `run_${number}_${thread}`;

function shape(assemble: Assemble): EventShape {
  return (event, run, context) => (epochMs) =>
    assemble({ event, content: contentOf(event, run), run, context, epochMs });
}

/** The agent of a content that does not name it, so that every event of a run can. */
const agentOf = (content: JsonObject): unknown => content['agent_name'] ?? 'SupervisorAgent';

/** Event variants *b* to *k* of the protocol notes (§8.1), by letter. */
export const EVENT_VARIANTS = {
  b: shape(({ event, content, run, epochMs }) => ({
    type: event,
    run_id: runId(run),
    agent_name: agentOf(content),
    timestamp: iso(epochMs),
    payload: asOnTheBridge(event, content),
  })),
  c: shape(({ event, content, run, epochMs }) => ({
    type: event,
    data: { ...content, run_id: runId(run), thread_id: run.thread, request_id: `request_${run.number}` },
    timestamp: isoWithoutZone(epochMs),
    critical: true,
    attempt: null,
  })),
  d: shape(({ event, content, run, context, epochMs }) => ({
    type: event,
    run_id: runId(run),
    user_id: context.userId,
    agent_name: agentOf(content),
    timestamp: iso(epochMs),
    data: asOnTheBridge(event, content),
  })),
  e: shape(({ event, content, run, context, epochMs }) => ({
    type: event,
    timestamp: epochMs / 1000,
    critical: true,
    attempt: null,
    user_id: context.userId,
    thread_id: run.thread,
    ...renamed(content, { result: 'results' }),
  })),
  'e-prime': shape(({ event, content, run, context, epochMs }) => ({
    type: event,
    timestamp: epochMs / 1000,
    critical: true,
    user_id: context.userId,
    thread_id: run.thread,
    ...renamed(content, { result: 'results', parameters: 'tool_args' }),
    ...('tool_name' in content && { execution_id: `execution_${run.number}_${run.thread}` }),
  })),
  g: shape(({ event, content, run, context, epochMs }) => ({
    type: WRAPPED[event],
    data: { type: event, event, ...content, thread_id: run.thread, user_id: context.userId, timestamp: epochMs / 1000 },
    timestamp: epochMs / 1000,
    server_id: null,
    correlation_id: null,
  })),
  h: shape(({ event, content, run, context, epochMs }) => ({
    type: event,
    timestamp: epochMs / 1000,
    event_id: `evt_${run.number}_${event}`,
    user_id: context.userId,
    thread_id: run.thread,
    run_id: runId(run),
    ...renamed(content, { reasoning: 'thought', result: 'results' }),
    agent_name: agentOf(content),
  })),
  i: shape(({ event, content, run, epochMs }) => ({
    type: event,
    payload: { ...content, run_id: runId(run), timestamp: epochMs },
  })),
  j: shape(({ event, content, run, epochMs }) => ({
    type: event,
    timestamp: iso(epochMs),
    run_id: runId(run),
    ...renamed(content, { agent_name: 'agent', tool_name: 'tool', final_response: 'message', reasoning: 'message' }),
  })),
  k: shape(({ event, content, run, epochMs }) => ({
    type: 'system_message',
    event,
    payload: { ...content, run_id: runId(run), thread_id: run.thread },
    timestamp: iso(epochMs),
  })),
} as const satisfies Readonly<Record<string, EventShape>>;

const WRAPPED: Readonly<Record<AgentEvent, string>> = {
  agent_started: 'system_message',
  agent_thinking: 'agent_progress',
  tool_executing: 'agent_progress',
  tool_completed: 'agent_progress',
  agent_completed: 'agent_response_complete',
};

const STATUS: Readonly<Record<AgentEvent, string>> = {
  agent_started: 'started',
  agent_thinking: 'thinking',
  tool_executing: 'executing',
  tool_completed: 'completed',
  agent_completed: 'completed',
};

/** The content where the bridge has it and the browser client reads it: the answer in `result`, a status, a duration. */
function asOnTheBridge(event: AgentEvent, { final_response: answer, ...content }: JsonObject): JsonObject {
  return {
    ...content,
    ...(answer !== undefined && { result: { final_response: answer } }),
    status: STATUS[event],
    ...(STATUS[event] === 'completed' && { execution_time_ms: 12.5 }),
  };
}

function renamed(content: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(Object.entries(content).map(([name, value]) => [names[name] ?? name, value]));
}
