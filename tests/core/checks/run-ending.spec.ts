import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { AGENT_EVENTS } from '../../../src/protocol/agent-events.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events, LETTERS } from '../histories/run-letters.ts';

const ENDINGS: Readonly<Record<string, readonly [string, (told: FakeHistory) => void]>> = {
  'nothing asked': ['unknown: not-asked', ({ socket }) => socket('c1').ready()],
  'no socket': ['unknown: not-connected', ({ socket }) => socket('c1').asks().refused(403)],
  'a test that leaves at once': ['unknown: not-awaited', ({ socket }) => socket('c1').ready().runs('one')],
  'no quiet window': ['unknown: not-awaited', ({ socket }) => events(socket('c1').ready().runs('one'), 'STXCD')],
  'not one event': ['run-unanswered', ({ socket }) => socket('c1').ready().runs('one').deadline('run one')],
  'silence after two events': [
    'run-stalled',
    ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').deadline('run one'),
  ],
  'a close after two events': [
    'run-cut-short',
    ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').closed(1000, 'main cleanup'),
  ],
  'a close before any event': ['run-cut-short', ({ socket }) => socket('c1').ready().runs('one').closed(1011)],
  'an agent_error': [
    'run-failed',
    ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error').quiet(),
  ],
  'an agent_error and a completion after it': [
    'run-failed',
    ({ socket }) => events(events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error'), 'D').quiet(),
  ],
  'events without a timestamp': [
    'event-field-missing',
    ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, event === 'agent_thinking' ? { timestamp: null } : {});
      c1.quiet();
    },
  ],
  'a tool without a name': [
    'event-field-missing',
    ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, event === 'tool_executing' ? { tool_name: '' } : {});
      c1.quiet();
    },
  ],
  'the events of the fallback handler': [
    'canned-response',
    ({ socket }) => {
      const c1 = socket('c1').ready().runs('one');
      for (const event of AGENT_EVENTS) c1.event('one', event, { tool_name: 'response_generator' });
      c1.quiet();
    },
  ],
};

for (const [name, [expected, tell]] of Object.entries(ENDINGS)) {
  test(`agent-run: ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(agentRun({ budgets: BUDGETS, order: 'exact' })(told.history))).toBe(expected);
  });
}

const LATE: Readonly<Record<string, readonly [string, number]>> = {
  S: ['first-event-late', 300],
  X: ['event-gap-late', 300],
  D: ['event-gap-late run-late', 700],
};

for (const [letter, [expected, pauseMs]] of Object.entries(LATE)) {
  test(`agent-run: a pause of ${pauseMs} ms before ${LETTERS[letter]} is ${expected}`, () => {
    const { history, socket, at } = fakeHistory();
    const c1 = socket('c1').ready().runs('one');
    for (const next of 'STXCD') {
      if (next === letter) at((history.at(-1)?.atMs ?? 0) + pauseMs);
      events(c1, next);
    }
    c1.quiet();
    expect(codesOf(agentRun({ budgets: BUDGETS, order: 'exact' })(history))).toBe(expected);
  });
}

test('agent-run: a run without tools holds where no tool is required', () => {
  const { history, socket } = fakeHistory();
  events(socket('c1').ready().runs('one'), 'STD').quiet();
  const required = ['agent_started', 'agent_completed'] as const;
  expect(codesOf(agentRun({ budgets: BUDGETS, order: 'grammar', required })(history))).toBe('holds');
});

test('agent-run: strictness decides which fields are mandatory', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').fiveEvents('one');
  const codes = (['lenient', 'validator', 'schema'] as const).map(
    (strictness) => codesOf(agentRun({ budgets: BUDGETS, order: 'exact', strictness })(history)).split(' ')[0],
  );
  expect(codes).toEqual(['holds', 'event-field-missing', 'event-field-missing']);
});
