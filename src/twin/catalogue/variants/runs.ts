import type { AgentEvent } from '../../../protocol/agent-events.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import type { ConnectionContext, RunRequest } from '../../behaviour/context.ts';
import { bridgeEvent } from '../../messages/bridge-run.ts';
import { stripped, withFields } from '../../messages/edit-fields.ts';
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
        before(plan, 'agent_completed', eventStep('agent_thinking', { step_number: 3 }, ...of)),
        'agent_thinking',
        eventStep('agent_thinking', { step_number: 2 }, ...of),
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
  ...['call_id', 'tool_use_id', 'toolCallId', 'tool_run_id', 'id'].map((spelling) =>
    running(
      `parallel-tools-by-${kebabOf(spelling)}`,
      `Two tools at once, told apart by ${spelling}. Needs ORDER=grammar.`,
      (plan, ...of) => {
        const [[start1, end1], [start2, end2]] = [
          tool('cost_analyzer', '1', ...of, spelling),
          tool('cost_analyzer', '2', ...of, spelling),
        ];
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
  ),
  running(
    'sub-agents-by-id',
    'Two nested sub-agents of one name at once, each with an agent_id of its own. Needs ORDER=grammar.',
    (plan, ...of) => {
      const [[start1, end1], [start2, end2]] = [
        subAgent('DataAgent', ...of, 'agent_1'),
        subAgent('DataAgent', ...of, 'agent_2'),
      ];
      return after(plan, 'agent_thinking', start1, start2, end1, end2);
    },
    { variables: GRAMMAR },
  ),
  running(
    'streamed-answer',
    'The answer comes in chunks and a report; the completions carry none.',
    (plan, request) => {
      const silent = plan.map((step) => (COMPLETIONS.includes(step.label) ? withoutAnswer(step) : step));
      const ids = { run_id: request.runId, thread_id: request.thread };
      return before(
        silent,
        'agent_completed',
        tellUser('chunk', () => ({ type: 'stream_chunk', ...ids, payload: { content: 'Three drivers' } })),
        tellUser('report', () => ({ type: 'final_report', ...ids, payload: { report: 'Three drivers of cost.' } })),
      );
    },
  ),
  running(
    'bookkeeping-after-end',
    'The thread is renamed and clean-up is told after the end of a run.',
    (plan, request) => [
      ...plan,
      tellUser('thread-renamed', () => ({
        type: 'thread_renamed',
        payload: { thread_id: request.thread, title: 'Costs' },
      })),
      tellUser('cleanup', () => ({ type: 'cleanup_complete', run_id: request.runId })),
    ],
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
function eventStep(event: AgentEvent, more: JsonObject, request: RunRequest, context: ConnectionContext): Step {
  const compose = bridgeEvent(event, request, context);
  const changed = (epochMs: number): JsonObject => withFields(compose(epochMs), more);
  return tellUser(event, changed, context.pace.betweenEventsMs);
}

function tool(
  name: string,
  execution: string,
  request: RunRequest,
  context: ConnectionContext,
  spelling = 'execution_id',
): [Step, Step] {
  const more = { tool_name: name, [spelling]: `execution_${execution}_${request.thread}` };
  return [eventStep('tool_executing', more, request, context), eventStep('tool_completed', more, request, context)];
}

function subAgent(name: string, request: RunRequest, context: ConnectionContext, id?: string): [Step, Step] {
  const agent = { agent_name: name, ...(id !== undefined && { agent_id: id }) };
  return [
    eventStep('agent_started', agent, request, context),
    eventStep('agent_completed', { ...agent, result: { final_response: `${name} is done.` } }, request, context),
  ];
}

const COMPLETIONS = ['agent_completed', 'run-completed'];

function withoutAnswer(step: Step): Step {
  const { act } = step;
  if (act.kind !== 'message') return step;
  return {
    ...step,
    act: { ...act, compose: (epochMs) => stripped(stripped(act.compose(epochMs), 'result'), 'results') },
  };
}

function kebabOf(spelling: string): string {
  return spelling.replaceAll('_', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
