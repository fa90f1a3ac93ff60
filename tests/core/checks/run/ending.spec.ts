import { expect, test } from '@playwright/test';
import type { Finding } from '../../../../src/checks/verdict.ts';
import { agentRun } from '../../../../src/checks/agent-run.ts';
import { BUDGETS } from '../../histories/budgets.ts';
import { judgesTo } from '../judges-to.ts';
import type { FakeHistory } from '../../histories/fake-history.ts';
import { askedForOne, runFindings } from './run-findings.ts';
import { events } from '../../histories/run-letters.ts';

const exact = agentRun({ budgets: BUDGETS, order: 'exact' });

judgesTo('agent-run', exact, [
  { title: 'a test that asks nothing', gives: 'unknown: not-asked', history: ({ socket }) => socket('c1').ready() },
  {
    title: 'a refused upgrade',
    gives: 'unknown: not-connected',
    history: ({ socket }) => socket('c1').asks().refused(403),
  },
  {
    title: 'a test that leaves at once',
    gives: 'unknown: not-awaited',
    history: ({ socket }) => socket('c1').ready().runs('one'),
  },
  {
    title: 'an end without a quiet window',
    gives: 'unknown: not-awaited',
    history: ({ socket }) => events(socket('c1').ready().runs('one'), 'STXCD'),
  },
  {
    title: 'a run without a single event',
    gives: 'run-unanswered',
    history: ({ socket }) => socket('c1').ready().runs('one').deadline('run one'),
  },
  {
    title: 'silence after two events',
    gives: 'run-stalled',
    history: ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').deadline('run one'),
  },
  {
    title: 'a close after two events',
    gives: 'run-cut-short',
    history: ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').closed(1000, 'main cleanup'),
  },
  {
    title: 'a close before any event',
    gives: 'run-cut-short',
    history: ({ socket }) => socket('c1').ready().runs('one').closed(1011),
  },
  {
    title: 'an agent_error',
    gives: 'run-failed',
    history: ({ socket }) => events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error').quiet(),
  },
  {
    title: 'an agent_error and a completion after it',
    gives: 'run-failed',
    history: ({ socket }) =>
      events(events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error'), 'D').quiet(),
  },
]);

judgesTo('agent-run', agentRun({ budgets: BUDGETS, order: 'grammar' }), [
  {
    title: 'a sub-agent that completes without having started',
    gives: 'holds',
    history: ({ socket }) => {
      const c1 = socket('c1').ready().runs('one').event('one', 'agent_started', { agent_name: 'Supervisor' });
      events(c1, 'TXC').receives({ type: 'subagent_completed', agent_name: 'Data', thread_id: 'one', timestamp: 1 });
      c1.event('one', 'agent_thinking', { step: 9 })
        .event('one', 'agent_completed', { agent_name: 'Supervisor' })
        .quiet();
    },
  },
  {
    title: 'our own close right after the end',
    gives: 'unknown: not-awaited',
    history: ({ socket }) => events(socket('c1').ready().runs('one'), 'STXCD').closed(1000, '', 'us'),
  },
  {
    title: 'a failed run that goes on to its completion',
    gives: 'run-failed',
    history: ({ socket }) =>
      events(events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error'), 'XCD').quiet(),
  },
]);

const TO_THE_END = 'the run ends with agent_completed, and then nothing more of it arrives';
const TWO_EVENTS = 'agent_started → agent_thinking';
const AFTER_TWO = 'run one: after 2 events, the last agent_thinking (#5)';

const ONCE_EACH = 'agent_started → agent_thinking → tool_executing → tool_completed → agent_completed, once each';

const twoEvents = (fake: FakeHistory) => events(askedForOne(fake), 'ST');

const error = (text: string): object => ({ type: 'error_message', error_message: text });

/** A violation by the product: its code, what was found, why, and the entries that show it. */
function violation(code: Finding['code'], found: string, because: string, entries: readonly number[]): Finding {
  const expected = code === 'run-unanswered' ? 'the five events of an agent run' : TO_THE_END;
  return { code, blame: 'product', connection: 'c1', expected, found, because, entries };
}

/** A test that listened too shortly: what it expected, why nothing is shown, and the entry that was not followed. */
function unawaited(expected: string, because: string, entry: number): Finding {
  const found = 'nothing to judge';
  return { code: 'not-awaited', blame: 'harness', connection: 'c1', expected, found, because, entries: [entry] };
}

const ENDINGS: Readonly<Record<string, readonly [(fake: FakeHistory) => unknown, Finding]>> = {
  'a failure that says why': [
    (fake) => twoEvents(fake).event('one', 'agent_error', { error: 'no model' }).quiet(),
    violation('run-failed', `${TWO_EVENTS} → agent_error`, 'run one: it ended with agent_error (#6): no model', [6]),
  ],
  'a failure that says nothing, not even when': [
    (fake) => twoEvents(fake).event('one', 'agent_error', { timestamp: null }).quiet(),
    violation('run-failed', `${TWO_EVENTS} → agent_error`, 'run one: it ended with agent_error (#6): no text', [6]),
  ],
  'a quiet window before the events, and none after them': [
    (fake) => events(askedForOne(fake).quiet(), 'STXCD'),
    unawaited(
      TO_THE_END,
      'run one: no quiet window was recorded after agent_completed (#9), so "nothing after the end" is not shown',
      9,
    ),
  ],
  'a test that leaves after two events': [
    (fake) => twoEvents(fake).deadline('run two').closed(1000, '', 'us'),
    unawaited(`${ONCE_EACH} (order mode exact)`, 'run one: the test stopped listening before the run ended', 3),
  ],
  'a close before the first event': [
    (fake) => askedForOne(fake).closed(1011),
    violation(
      'run-cut-short',
      'nothing',
      'run one: not one event came, nor any other message, 10 ms later the connection ended: the server closed with 1011 without a reason 30 ms after it opened',
      [3, 4],
    ),
  ],
  'a close after two events and an expired wait': [
    (fake) => twoEvents(fake).deadline('run one').closed(1011, 'Internal error'),
    violation(
      'run-cut-short',
      TWO_EVENTS,
      `${AFTER_TWO}, 20 ms later the connection ended: the server closed with 1011 "Internal error" 60 ms after it opened`,
      [3, 5, 7],
    ),
  ],
  'an expired wait after two events, and our own close': [
    (fake) => twoEvents(fake).deadline('run one').closed(1000, '', 'us'),
    violation('run-stalled', TWO_EVENTS, `${AFTER_TWO}, and no end within 1000 ms (total limit)`, [3, 5, 6]),
  ],
  'a pause that is too long after three events': [
    (fake) =>
      events(askedForOne(fake), 'STX').fact({ kind: 'deadline', limit: 'gap', waitingFor: 'run one', afterMs: 299.6 }),
    violation(
      'run-stalled',
      `${TWO_EVENTS} → tool_executing`,
      'run one: after 3 events, the last tool_executing (#6), then silence for 300 ms (gap limit)',
      [3, 6, 7],
    ),
  ],
  'silence, whatever came before the request': [
    ({ socket }) => socket('c1').ready().receives({ type: 'early' }).runs('one').deadline('run one'),
    violation(
      'run-unanswered',
      'nothing',
      'run one: not one event came, nor any other message within 1000 ms (total limit)',
      [4, 5],
    ),
  ],
  'other messages than events, the first five kinds of them': [
    (fake) => {
      const c1 = askedForOne(fake).receives({ type: 'a' }).receives(error('no router')).receives({ type: 'a' });
      for (const type of ['b', 'c', 'd', 'e']) c1.receives({ type });
      c1.deadline('run one');
    },
    violation(
      'run-unanswered',
      'nothing',
      'run one: not one event came; what did come: a, no router, b, c, d within 1000 ms (total limit)',
      [3, 11],
    ),
  ],
};

for (const [name, [record, finding]] of Object.entries(ENDINGS)) {
  test(`agent-run: the finding of ${name}`, () => {
    expect(runFindings(record)).toEqual([finding]);
  });
}

test('agent-run: on a connection that breaks after the end nothing can follow', () => {
  const broken = { kind: 'broken', code: 'ECONNRESET', message: 'read ECONNRESET' } as const;
  expect(runFindings((fake) => events(askedForOne(fake), 'STXCD').fact(broken))).toEqual([]);
});

test('agent-run: a wait that expired before the run was asked for says nothing of it', () => {
  const codes = runFindings(({ socket }) => socket('c1').ready().deadline('run one').runs('one'));
  expect(codes.map(({ code }) => code)).toEqual(['not-awaited']);
});
