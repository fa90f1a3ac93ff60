import type { AgentEvent } from '../../protocol/agent-events.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../behaviour/context.ts';
import type { Compose } from '../behaviour/plan.ts';

/** Spells one agent event the way one protocol version does. */
export type EventShape = (event: AgentEvent, run: RunRequest, context: ConnectionContext) => Compose;

const AGENT = 'SupervisorAgent';
const TOOL = 'cost_analyzer';

/** Variant *a*: flat, epoch in seconds, no run id (protocol notes §8.1). */
export const flatEvent: EventShape = (event, run, { userId }) => {
  const content = CONTENTS[event](run);
  return (epochMs) => ({
    type: event,
    event,
    user_id: userId,
    thread_id: run.thread,
    timestamp: epochMs / 1000,
    ...content,
  });
};

/** What the agent says at each stage. The answer quotes the prompt, so that its nonce comes back. */
const CONTENTS: Readonly<Record<AgentEvent, (run: RunRequest) => JsonObject>> = {
  agent_started: () => ({ agent_name: AGENT, message: 'The supervisor takes on the request.' }),
  agent_thinking: () => ({ agent_name: AGENT, reasoning: 'Spend per model is needed before anything can be advised.' }),
  tool_executing: ({ prompt }) => ({ tool_name: TOOL, parameters: { query: prompt, window_days: 30 } }),
  tool_completed: () => ({
    tool_name: TOOL,
    result: { total_usd: 1284.5, most_expensive_model: 'large', share_percent: 71 },
  }),
  agent_completed: ({ prompt }) => ({ agent_name: AGENT, final_response: answerTo(prompt) }),
};

/** What the agent says at one stage of a run. */
export function contentOf(event: AgentEvent, run: RunRequest): JsonObject {
  return CONTENTS[event](run);
}

function answerTo(prompt: string): string {
  return `You asked: "${prompt}". 71 % of the spend goes to the large model; routing short prompts to the small one saves about a third.`;
}
