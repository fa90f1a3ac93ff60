import type { AgentEvent } from '../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../behaviour/context.ts';
import type { Plan, Step } from '../behaviour/plan.ts';
import { tellUser } from '../behaviour/plan.ts';
import type { EventShape } from './event-shapes.ts';
import { epochSeconds, isoWithZone } from './times.ts';

/** The agent that answers. */
export const SUPERVISOR = 'supervisor';

/** The name under which the record of a run is announced; nothing ever completes under it. */
const RECORD = 'netra-assistant';

const TOOL = 'cost_analysis';

const CONTENTS: Readonly<Record<AgentEvent, (run: RunRequest) => JsonObject>> = {
  agent_started: ({ prompt }) => ({
    status: 'started',
    context: { user_query: prompt },
    message: `${SUPERVISOR} has started processing your request`,
  }),
  agent_thinking: () => ({
    reasoning: 'Looking at costs',
    step_number: 1,
    progress_percentage: null,
    status: 'thinking',
  }),
  tool_executing: () => ({
    tool_name: TOOL,
    parameters: { days: 30 },
    status: 'executing',
    message: `${SUPERVISOR} is using ${TOOL}`,
  }),
  tool_completed: () => ({
    tool_name: TOOL,
    result: { rows: 3 },
    execution_time_ms: 12.5,
    status: 'completed',
    message: `${SUPERVISOR} completed ${TOOL}`,
  }),
  agent_completed: ({ prompt }) => ({
    status: 'completed',
    result: { final_response: answerTo(prompt) },
    execution_time_ms: 900,
    message: `${SUPERVISOR} has completed processing your request`,
  }),
};

/** An event of the agent on the bridge (observed on beta-9): run, agent and time in the root, the content in `payload`. */
export const bridgeEvent: EventShape = (event, run) => (epochMs) => ({
  type: event,
  run_id: run.runId,
  agent_name: SUPERVISOR,
  timestamp: isoWithZone(epochMs),
  payload: CONTENTS[event](run),
});

/**
 * A run as beta-9 sends it over its bridge (observed): the new thread, the record of the run, the run itself without a name,
 * the five events of the supervisor, and the end of the run itself.
 */
export function bridgeRun(request: RunRequest, context: ConnectionContext): Plan {
  const { betweenEventsMs } = context.pace;
  return [
    ...beginningOf(request, context),
    tellUser('run-started', () => ({
      type: 'agent_started',
      payload: { thread_id: request.thread, run_id: request.runId },
    })),
    ...AGENT_EVENTS.map((event, at) =>
      tellUser(event, bridgeEvent(event, request, context), at === 0 ? 0 : betweenEventsMs),
    ),
    tellUser('run-completed', () => ({ type: 'agent_completed', payload: endOf(request, context) }), betweenEventsMs),
  ];
}

/** What both senders of beta-9 begin a run with: the thread, where it is new, and the record of the run. */
export function beginningOf({ thread, runId, isNewThread }: RunRequest, { pace }: ConnectionContext): Plan {
  const threadCreated = tellUser(
    'thread-created',
    (epochMs) => ({ type: 'thread_created', payload: { thread_id: thread, timestamp: epochSeconds(epochMs) } }),
    pace.betweenEventsMs,
  );
  return [...(isNewThread ? [threadCreated] : []), recordOf(thread, runId, pace.betweenEventsMs)];
}

function recordOf(thread: string, runId: string, afterMs: number): Step {
  return tellUser(
    'run-record',
    (epochMs) => ({
      type: 'agent_started',
      payload: { run_id: runId, agent_name: RECORD, thread_id: thread, timestamp: epochSeconds(epochMs) },
    }),
    afterMs,
  );
}

function endOf({ prompt, runId }: RunRequest, { userId }: ConnectionContext): JsonObject {
  return {
    supervisor_result: 'completed',
    orchestration_successful: true,
    user_isolation_verified: true,
    results: { answer: answerTo(prompt) },
    user_id: userId,
    run_id: runId,
  };
}

/** The answer quotes the prompt, so that its nonce comes back. */
export function answerTo(prompt: string): string {
  return `Three drivers for: ${prompt}`;
}
