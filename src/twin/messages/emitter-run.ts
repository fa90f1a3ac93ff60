import type { AgentEvent } from '../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../behaviour/context.ts';
import type { Plan } from '../behaviour/plan.ts';
import { tellUser } from '../behaviour/plan.ts';
import { SUPERVISOR, answerTo, beginningOf } from './bridge-run.ts';
import type { EventShape } from './event-shapes.ts';
import { epochSeconds, isoWithoutZone } from './times.ts';

const TOOL = 'cost_analysis';

const CONTENTS: Readonly<Record<AgentEvent, (run: RunRequest) => JsonObject>> = {
  agent_started: ({ prompt }) => ({ agent_name: SUPERVISOR, metadata: { user_query: prompt }, status: 'started' }),
  agent_thinking: () => ({
    thought: 'Looking at costs',
    metadata: { step_number: 1, agent_name: SUPERVISOR },
    type: 'reasoning',
  }),
  tool_executing: () => ({ tool: TOOL, metadata: { parameters: { days: 30 } }, status: 'executing' }),
  tool_completed: () => ({ tool: TOOL, metadata: { result: { rows: 3 } }, status: 'completed' }),
  agent_completed: ({ prompt }) => ({
    agent_name: SUPERVISOR,
    metadata: { final_response: answerTo(prompt), execution_time_ms: 900 },
    status: 'completed',
  }),
};

/** An event of the other sender of beta-9 (observed): everything in `data`, a time in the root without a zone. */
const emitterEvent: EventShape =
  (event, run, { userId, connectionId }) =>
  (epochMs) => ({
    type: event,
    data: {
      ...CONTENTS[event](run),
      timestamp: epochSeconds(epochMs),
      run_id: run.runId,
      thread_id: run.thread,
      request_id: `request_${run.runId}`,
    },
    timestamp: isoWithoutZone(epochMs),
    critical: true,
    user_context: { user_id: userId, request_id: `req_websocket_factory_${connectionId}` },
  });

/** A run as the emitter of beta-9 sends it (observed): no start and no end of the run itself, five events. */
export function emitterRun(request: RunRequest, context: ConnectionContext): Plan {
  return [
    ...beginningOf(request, context),
    ...AGENT_EVENTS.map((event) =>
      tellUser(event, emitterEvent(event, request, context), context.pace.betweenEventsMs),
    ),
  ];
}
