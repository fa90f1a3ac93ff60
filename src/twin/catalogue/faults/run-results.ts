import type { JsonObject } from '../../../protocol/fields.ts';
import { replaced, stripped, withFields } from '../../messages/edit-fields.ts';
import { instead } from '../../behaviour/plan.ts';
import type { Fault } from '../fault.ts';
import { TAKEN_FOR_ANOTHER } from './event-fields.ts';
import { finds } from './provocation.ts';

const FAILURES: Readonly<Record<string, JsonObject>> = {
  'status-failed': { status: 'failed', error_message: 'The quota of the language model is used up.' },
  'status-error': { status: 'error', message: 'The tool timed out.' },
  'success-false': { success: false },
  'is-error': { is_error: true },
  'error-text': { error: 'ModelOverloaded: try again later' },
};

const NANS =
  '{"type":"tool_completed","payload":{"tool_name":"cost_analysis","result":{"rows":3},"execution_time_ms":NaN}}';

const BACK_MS = 60_000;

/** Runs that end well in name only, and content that a person would notice. */
export const RUN_RESULT_FAULTS: readonly Fault[] = [
  ...Object.entries(FAILURES).map(([name, fields]): Fault => ({
    name: `completed-with-${name}`,
    does: `Sends agent_completed with ${JSON.stringify(fields)}.`,
    hits: 'agent_completed',
    mustFind: [finds('agent-run', 'run-failed')],
    diagnosis: 'FM-61',
    frame: (message, { label }) => (label === 'agent_completed' ? withFields(message, fields) : message),
  })),
  {
    name: 'answer-empty',
    does: 'Completes every run with an empty answer.',
    hits: 'agent_completed, of the agent and of the run',
    mustFind: [finds('agent-run', 'answer-empty')],
    diagnosis: 'answer-empty',
    frame: (message, { label }) => {
      if (label === 'agent_completed') return replaced(message, 'final_response', '');
      return label === 'run-completed' ? replaced(message, 'answer', ' ') : message;
    },
  },
  {
    name: 'answer-missing',
    does: 'Completes every run without an answer.',
    hits: 'agent_completed, of the agent and of the run',
    mustFind: [finds('agent-run', 'answer-missing')],
    mayAlsoFind: [finds('browser-fields', 'field-misplaced')],
    diagnosis: 'answer-empty',
    frame: (message, { label }) => {
      if (label === 'agent_completed') return stripped(message, 'result');
      return label === 'run-completed' ? stripped(message, 'results') : message;
    },
  },
  {
    name: 'nan-in-tool-completed',
    does: 'Writes NaN into tool_completed, which is no JSON then.',
    hits: 'tool_completed',
    mustFind: [finds('well-formed', 'frame-not-json')],
    mayAlsoFind: [finds('fan-out', 'fan-out-missing')],
    diagnosis: 'FM-65',
    run: (plan) => instead(plan, 'tool_completed', (step) => [{ ...step, act: { kind: 'text', text: NANS } }]),
  },
  {
    name: 'run-id-null-in-agent-thinking',
    does: 'Names no run in agent_thinking: its run_id is null.',
    hits: 'agent_thinking',
    mustFind: [finds('agent-run', 'id-null')],
    mayAlsoFind: TAKEN_FOR_ANOTHER,
    diagnosis: 'FM-58',
    frame: (message, { label }) => (label === 'agent_thinking' ? { ...message, run_id: null } : message),
  },
  {
    name: 'connection-id-shared',
    does: 'Gives every connection the same connection_id.',
    hits: 'welcome',
    mustFind: [finds('isolation', 'connection-id-shared')],
    diagnosis: 'FM-67',
    frame: (message, { label }) => (label === 'welcome' ? replaced(message, 'connection_id', 'ws_shared_1') : message),
  },
  {
    name: 'text-mangled',
    does: 'Decodes a character of the answer wrongly, so that U+FFFD stands in its place.',
    hits: 'agent_completed',
    mustFind: [finds('well-formed', 'text-mangled')],
    diagnosis: 'FM-65',
    frame: (message, { label }) =>
      label === 'agent_completed' ? withFields(message, { message: 'Kosten f\uFFFDr Modelle' }) : message,
  },
  {
    name: 'timestamps-backwards',
    does: 'Stamps tool_completed a minute earlier than it happened.',
    hits: 'tool_completed',
    mustFind: [finds('agent-run', 'timestamps-backwards')],
    diagnosis: 'FM-58',
    frame: (message, { label }) =>
      label === 'tool_completed'
        ? { ...message, timestamp: new Date(Date.parse(String(message['timestamp'])) - BACK_MS).toISOString() }
        : message,
  },
];
