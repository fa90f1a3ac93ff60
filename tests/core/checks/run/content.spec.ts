import { expect, test } from '@playwright/test';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import { fakeHistory } from '../../histories/fake-history.ts';
import { codesOf, judgesTo } from '../judges-to.ts';
import type { AgentRunRules } from '../../../../src/checks/agent-run.ts';
import { AGENT_EVENTS } from '../../../../src/protocol/agent-events.ts';
import type { AgentEvent } from '../../../../src/protocol/agent-events.ts';
import { askedForOne, runFindings } from './run-findings.ts';

judgesTo('agent-run', agentRun({ budgets: BUDGETS, order: 'exact' }), [
  {
    title: 'events without a timestamp',
    gives: 'event-field-missing',
    history: ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, event === 'agent_thinking' ? { timestamp: null } : {});
      c1.quiet();
    },
  },
  {
    title: 'a tool without a name',
    gives: 'event-field-missing',
    history: ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, event === 'tool_executing' ? { tool_name: '' } : {});
      c1.quiet();
    },
  },
  {
    title: 'the events of the fallback handler',
    gives: 'canned-response',
    history: ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, { tool_name: 'response_generator' });
      c1.quiet();
    },
  },
]);

type NamedStrictness = NonNullable<AgentRunRules['strictness']>;

/** What is found where every event is whole, but this one changed. The entry of the event is its place in the run after 4. */
function changed(event: AgentEvent, change: object, strictness: NamedStrictness = 'lenient') {
  return runFindings(
    (fake) => {
      const c1 = askedForOne(fake);
      const whole = { run_id: 'server-run', agent_name: 'Supervisor' };
      for (const name of AGENT_EVENTS) c1.event('one', name, { ...whole, ...(name === event && change) });
      c1.quiet();
    },
    { strictness },
  );
}

const LENIENT = 'timestamp (lenient)';
const VALIDATOR = 'timestamp, run_id, agent_name (validator)';
const SCHEMA = 'timestamp, run_id, agent_name, user_id, thread_id (schema)';
const FIELDS: readonly (readonly [string, NamedStrictness, string])[] = [
  ['timestamp', 'lenient', LENIENT],
  ['run_id', 'validator', VALIDATOR],
  ['agent_name', 'validator', VALIDATOR],
  ['user_id', 'schema', SCHEMA],
  ['thread_id', 'schema', SCHEMA],
];

for (const [field, strictness, expected] of FIELDS) {
  test(`agent-run: an event without ${field} is reported under the rules ${strictness}`, () => {
    expect(changed('agent_thinking', { [field]: null }, strictness)).toEqual([
      {
        code: 'event-field-missing',
        blame: 'product',
        connection: 'c1',
        expected,
        found: `no ${field}`,
        because: `run one: agent_thinking (#5) carries no readable ${field}`,
        entries: [5],
      },
    ]);
  });
}

test('agent-run: whole events satisfy every strictness, and milder rules ask for less', () => {
  expect(changed('agent_thinking', {}, 'schema')).toEqual([]);
  expect(changed('agent_thinking', { user_id: null, thread_id: null }, 'validator')).toEqual([]);
  expect(changed('agent_thinking', { run_id: undefined, agent_name: null }, 'lenient')).toEqual([]);
});

for (const [event, index] of [
  ['tool_executing', 6],
  ['tool_completed', 7],
] as const) {
  test(`agent-run: ${event} names its tool`, () => {
    expect(changed(event, { tool_name: null, timestamp: null })).toMatchObject([
      {
        code: 'event-field-missing',
        expected: 'timestamp, tool_name (lenient)',
        found: 'no timestamp, tool_name',
        entries: [index],
      },
    ]);
  });
}

test('agent-run: a fabricated event is reported once, with the event', () => {
  expect(changed('tool_executing', { emergency_mode: true })).toEqual([
    {
      code: 'canned-response',
      blame: 'product',
      connection: 'c1',
      expected: 'events of a real agent',
      found: AGENT_EVENTS.join(' → '),
      because: 'run one: tool_executing (#6) carries the mark of the fallback handler: no agent answered',
      entries: [6],
    },
  ]);
});

test('agent-run: strictness decides which fields are mandatory', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').fiveEvents('one');
  const codes = (['lenient', 'validator', 'schema'] as const).map(
    (strictness) => codesOf(agentRun({ budgets: BUDGETS, order: 'exact', strictness })(history)).split(' ')[0],
  );
  expect(codes).toEqual(['holds', 'event-field-missing', 'event-field-missing']);
});

test('agent-run: a run that is named null is reported with an event that names it', () => {
  expect(changed('agent_thinking', { run_id: null })).toEqual([
    {
      code: 'id-null',
      blame: 'product',
      connection: 'c1',
      expected: 'run_id server-run',
      found: 'null',
      because: 'run one: agent_thinking (#5) names no run: run_id is null; agent_started (#4) names server-run',
      entries: [4, 5],
    },
  ]);
});

test('agent-run: a timestamp of an unknown form is quoted, and is not missing', () => {
  expect(changed('agent_thinking', { timestamp: '25.11.2026 10:31' })).toMatchObject([
    {
      code: 'event-field-unreadable',
      because:
        'run one: agent_thinking (#5) carries the timestamp "25.11.2026 10:31", which is none of the known forms',
    },
  ]);
});

/** What the timestamps of five events, in seconds, lead to. */
function stamped(...seconds: readonly number[]) {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().runs('one');
  for (const [position, event] of AGENT_EVENTS.entries()) c1.event('one', event, { timestamp: seconds[position] });
  c1.quiet();
  const verdict = agentRun({ budgets: BUDGETS, order: 'exact' })(history);
  return [codesOf(verdict), ...verdict.notes.map(({ code }) => code)];
}

test('agent-run: timestamps may stand still or differ by less than a second, and do not run backwards', () => {
  expect(stamped(50, 50, 50, 49.5, 50)).toEqual(['holds']);
  expect(stamped(50, 51, 52, 10, 54)).toEqual(['timestamps-backwards']);
});

test('agent-run: timestamps that differ by whole time zones are a note', () => {
  expect(stamped(90_000, 90_000, 90_000 - 7200, 90_000, 90_000)).toEqual(['holds', 'timestamp-zone']);
});
