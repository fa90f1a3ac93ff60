import type { AgentEvent } from '../../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../../protocol/agent-events.ts';
import type { JsonObject } from '../../../protocol/fields.ts';
import type { ViolationCode } from '../../../checks/findings.ts';
import type { Fault } from '../fault.ts';
import { stripped } from '../../messages/edit-fields.ts';
import { kebab } from './event-names.ts';
import { finds } from './provocation.ts';

const ENVELOPE = ['type', 'run_id', 'agent_name', 'timestamp'];

interface ForeignField {
  readonly what: 'user' | 'thread' | 'run';
  readonly code: ViolationCode;
  readonly change: (message: JsonObject, run: string) => JsonObject;
}

const FOREIGN: readonly ForeignField[] = [
  { what: 'user', code: 'foreign-user', change: (message) => ({ ...message, user_id: 'somebody-else-entirely' }) },
  {
    what: 'thread',
    code: 'foreign-thread',
    change: (message, run) => ({ ...message, thread_id: `thread_beside_${run}` }),
  },
];

/** What an event of an unknown run leads to where two runs were asked for at once: it may belong to the one that has not begun. */
export const TAKEN_FOR_ANOTHER = [
  finds('agent-run', 'event-missing'),
  finds('agent-run', 'event-duplicated'),
  finds('agent-run', 'event-out-of-order'),
  finds('thread-created', 'thread-unannounced'),
];

/** Each event stripped of each mandatory field, and given each foreign id (failure notes FM-58, FM-67). */
export const EVENT_FIELD_FAULTS: readonly Fault[] = [
  ...AGENT_EVENTS.map((event) => strip(event, 'timestamp')),
  ...(['tool_executing', 'tool_completed'] as const).map((event) => strip(event, 'tool_name')),
  ...FOREIGN.flatMap((field) => AGENT_EVENTS.map((event) => foreign(event, field))),
  ...AGENT_EVENTS.map(foreignRun),
  {
    name: 'strip-payload',
    does: 'Sends the events without anything but their envelope.',
    hits: 'the events of every run',
    mustFind: [finds('agent-run', 'event-field-missing')],
    mayAlsoFind: [finds('browser-fields', 'field-misplaced')],
    diagnosis: 'FM-58',
    frame: (message, { label }) => (isEvent(label) ? only(message, ENVELOPE) : message),
  },
  {
    name: 'foreign-ids',
    does: 'Names another user and another thread in every event.',
    hits: 'the events of every run',
    mustFind: [finds('isolation', 'foreign-user'), finds('isolation', 'foreign-thread')],
    mayAlsoFind: [finds('known-thread', 'known-thread-replaced')],
    diagnosis: 'FM-67',
    frame: (message, { label, run }) =>
      isEvent(label) ? FOREIGN.reduce((changed, { change }) => change(changed, run?.runId ?? ''), message) : message,
  },
  {
    name: 'timestamp-unreadable',
    does: 'Sends agent_completed with a timestamp that is no time.',
    hits: 'agent_completed',
    mustFind: [finds('agent-run', 'event-field-unreadable')],
    diagnosis: 'FM-58',
    frame: (message, { label }) => (label === 'agent_completed' ? { ...message, timestamp: 'yesterday' } : message),
  },
];

function strip(event: AgentEvent, field: string): Fault {
  return {
    name: `strip-${field.replaceAll('_', '-')}-of-${kebab(event)}`,
    does: `Sends ${event} without ${field}.`,
    hits: event,
    mustFind: [finds('agent-run', 'event-field-missing')],
    mayAlsoFind: field === 'tool_name' ? [finds('browser-fields', 'field-misplaced')] : [],
    diagnosis: 'FM-58',
    frame: (message, { label }) => (label === event ? stripped(message, field) : message),
  };
}

function foreign(event: AgentEvent, { what, code, change }: ForeignField): Fault {
  return {
    name: `foreign-${what}-in-${kebab(event)}`,
    does: `Names another ${what} in ${event}.`,
    hits: event,
    mustFind: [finds('isolation', code)],
    ...(code === 'foreign-thread' && { mayAlsoFind: [finds('known-thread', 'known-thread-replaced')] }),
    diagnosis: 'FM-67',
    frame: (message, { label, run }) => (label === event ? change(message, run?.runId ?? '') : message),
  };
}

function foreignRun(event: AgentEvent): Fault {
  return {
    name: `foreign-run-in-${kebab(event)}`,
    does: `Gives ${event} the id of another run.`,
    hits: event,
    mustFind: [finds('isolation', 'foreign-run')],
    mayAlsoFind: TAKEN_FOR_ANOTHER,
    diagnosis: 'FM-67',
    frame: (message, { label, run }) =>
      label === event ? { ...message, run_id: `run_beside_${run?.runId ?? ''}` } : message,
  };
}

function isEvent(label: string): boolean {
  return AGENT_EVENTS.some((event) => event === label);
}

function only(message: JsonObject, fields: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(message).filter(([name]) => fields.includes(name)));
}
