import { expect, test } from '@playwright/test';
import { agentRun } from '../../src/checks/agent-run.ts';
import type { OrderMode } from '../../src/checks/run-order.ts';
import type { AgentEvent } from '../../src/protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../src/protocol/agent-events.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { Tale, ToldSocket } from './histories.ts';
import { tale } from './histories.ts';

const SHORT: Readonly<Record<string, AgentEvent>> = {
  S: 'agent_started',
  T: 'agent_thinking',
  X: 'tool_executing',
  C: 'tool_completed',
  D: 'agent_completed',
};

/** Events by their letters; each carries a number, so that only what is told twice on purpose (`!`) is the same text. */
function events(c1: ToldSocket, letters: string): ToldSocket {
  [...letters].forEach((letter, number) => {
    const again = letter === '!';
    const event = SHORT[again ? (letters[number - 1] ?? '') : letter];
    if (event !== undefined) c1.event('one', event, { step: again ? number - 1 : number });
  });
  return c1;
}

const ORDERS: readonly (readonly [OrderMode, string, string])[] = [
  ['exact', 'STXCD', 'holds'],
  ['grammar', 'STXCD', 'holds'],
  ['grammar', 'STTXTCXCTD', 'holds'],
  ['grammar', 'STXXCCD', 'holds'],
  ['exact', 'TXCD', 'event-missing'],
  ['exact', 'SXCD', 'event-missing'],
  ['exact', 'STCD', 'event-missing'],
  ['exact', 'STXD', 'event-missing'],
  ['grammar', 'STXD', 'event-missing'],
  ['grammar', 'STXXCD', 'tool-unpaired'],
  ['grammar', 'STXCCD', 'tool-unpaired'],
  ['grammar', 'STD', 'event-missing event-missing'],
  ['exact', 'TSXCD', 'event-out-of-order'],
  ['grammar', 'TSXCD', 'event-out-of-order'],
  ['exact', 'SXTCD', 'event-out-of-order'],
  ['grammar', 'SXTCD', 'holds'],
  ['exact', 'STCXD', 'event-out-of-order'],
  ['grammar', 'STCXD', 'event-out-of-order'],
  ['exact', 'STXDC', 'event-after-end'],
  ['exact', 'STTXCD', 'event-duplicated'],
  ['grammar', 'ST!XCD', 'event-duplicated'],
  ['exact', 'STXCD!', 'event-duplicated'],
  ['exact', 'SSTXCD', 'event-duplicated'],
  ['exact', 'STXCDT', 'event-after-end'],
  ['exact', 'DCXTS', 'event-after-end event-after-end event-after-end event-after-end'],
];

for (const [order, letters, expected] of ORDERS) {
  test(`agent-run: ${letters} in ${order} order is ${expected}`, () => {
    const { history, socket } = tale();
    events(socket('c1').ready().runs('one'), letters).quiet();
    expect(codesOf(agentRun({ budgets: BUDGETS, order })(history))).toBe(expected);
  });
}

const ENDINGS: Readonly<Record<string, readonly [string, (told: Tale) => void]>> = {
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
    const told = tale();
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
  test(`agent-run: a pause of ${pauseMs} ms before ${SHORT[letter]} is ${expected}`, () => {
    const { history, socket, at } = tale();
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
  const { history, socket } = tale();
  events(socket('c1').ready().runs('one'), 'STD').quiet();
  const required = ['agent_started', 'agent_completed'] as const;
  expect(codesOf(agentRun({ budgets: BUDGETS, order: 'grammar', required })(history))).toBe('holds');
});

test('agent-run: strictness decides which fields are mandatory', () => {
  const { history, socket } = tale();
  socket('c1').ready().runs('one').fiveEvents('one');
  const codes = (['lenient', 'validator', 'schema'] as const).map(
    (strictness) => codesOf(agentRun({ budgets: BUDGETS, order: 'exact', strictness })(history)).split(' ')[0],
  );
  expect(codes).toEqual(['holds', 'event-field-missing', 'event-field-missing']);
});
