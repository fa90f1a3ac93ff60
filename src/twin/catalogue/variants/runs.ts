import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../../behaviour/context.ts';
import { bridgeEvent } from '../../messages/bridge-run.ts';
import { withFields } from '../../messages/edit-fields.ts';
import { tellUser, after, before, delayed, instead, without } from '../../behaviour/plan.ts';
import type { Step } from '../../behaviour/plan.ts';
import type { Profile } from '../profile.ts';
import { idleHeartbeat } from '../profiles/later.ts';
import { GRAMMAR, atOnce, interleaved, running } from './variant.ts';

const WITHOUT_TOOLS = { ...GRAMMAR, TWIN_REQUIRED_EVENTS: 'agent_started,agent_thinking,agent_completed' };
const BARE = { ...GRAMMAR, TWIN_REQUIRED_EVENTS: 'agent_started,agent_completed' };

/** Runs that do more, or less, than the five events once each, and runs at every speed (protocol notes §8.4). */
export const RUN_VARIANTS: readonly Profile[] = [
  running(
    'sub-agent',
    'A nested sub-agent starts and completes. Needs ORDER=grammar.',
    (plan, ...of) => after(plan, 'agent_thinking', ...subAgent('TriageAgent', ...of)),
    { variables: GRAMMAR },
  ),
  running(
    'sub-agents',
    'Two nested sub-agents, one inside the other. Needs ORDER=grammar.',
    (plan, ...of) => {
      const [start, end] = subAgent('DataAgent', ...of);
      return after(plan, 'agent_thinking', start, ...subAgent('ReportingAgent', ...of), end);
    },
    { variables: GRAMMAR },
  ),
  running(
    'repeated-thinking',
    'The agent thinks three times. Needs ORDER=grammar.',
    (plan, ...of) =>
      after(
        before(plan, 'agent_completed', told('agent_thinking', { step_number: 3 }, ...of)),
        'agent_thinking',
        told('agent_thinking', { step_number: 2 }, ...of),
      ),
    { variables: GRAMMAR },
  ),
  running(
    'two-tools',
    'Two tools, one after the other. Needs ORDER=grammar.',
    (plan, ...of) => before(plan, 'agent_completed', ...tool('price_list', '2', ...of)),
    { variables: GRAMMAR },
  ),
  running(
    'parallel-tools',
    'Two tools at once, told apart by execution id. Needs ORDER=grammar.',
    (plan, ...of) => {
      const [[start1, end1], [start2, end2]] = [tool('cost_analyzer', '1', ...of), tool('cost_analyzer', '2', ...of)];
      return before(
        without(without(plan, 'tool_executing'), 'tool_completed'),
        'agent_completed',
        start1,
        start2,
        end2,
        end1,
      );
    },
    { variables: GRAMMAR },
  ),
  running(
    'without-tools',
    'No tool is used. Needs ORDER=grammar and REQUIRED_EVENTS.',
    (plan) => without(without(plan, 'tool_executing'), 'tool_completed'),
    { variables: WITHOUT_TOOLS },
  ),
  running(
    'start-and-end',
    'Neither thought nor tool. Needs ORDER=grammar and REQUIRED_EVENTS.',
    (plan) => ['agent_thinking', 'tool_executing', 'tool_completed'].reduce(without, plan),
    { variables: BARE },
  ),
  running('slow-first-event', 'The first event takes most of its budget.', (plan, _request, { pace }) =>
    plan.map((step, at) => (at === 0 ? delayed(step, 0.5 * pace.lateMs) : step)),
  ),
  running('slow-tool', 'The tool takes most of the budget of a pause.', (plan, _request, { pace }) =>
    instead(plan, 'tool_completed', (step) => [delayed(step, 0.5 * pace.lateMs)]),
  ),
  running('all-at-once', 'All events in one moment.', atOnce),
  running('pings-between-events', 'Pings, heartbeats and ping frames between the events.', (plan, _request, context) =>
    interleaved(plan, idleHeartbeat(context), {
      label: 'control-ping',
      afterMs: 0,
      act: { kind: 'control', opcode: 'ping', payload: 'between' },
    }),
  ),
];

/** One more event of a run. */
function told(event: AgentEvent, more: JsonObject, request: RunRequest, context: ConnectionContext): Step {
  const compose = bridgeEvent(event, request, context);
  const changed = (epochMs: number): JsonObject => withFields(compose(epochMs), more);
  return tellUser(event, changed, context.pace.betweenEventsMs);
}

function tool(name: string, execution: string, ...of: [RunRequest, ConnectionContext]): [Step, Step] {
  const more = { tool_name: name, execution_id: `execution_${execution}_${of[0].thread}` };
  return [told('tool_executing', more, ...of), told('tool_completed', more, ...of)];
}

function subAgent(name: string, ...of: [RunRequest, ConnectionContext]): [Step, Step] {
  return [
    told('agent_started', { agent_name: name }, ...of),
    told('agent_completed', { agent_name: name, result: { final_response: `${name} is done.` } }, ...of),
  ];
}
