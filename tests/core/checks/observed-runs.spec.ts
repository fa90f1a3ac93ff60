import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { fanOut } from '../../../src/checks/fan-out.ts';
import { isolation } from '../../../src/checks/isolation.ts';
import { ORDER_MODES } from '../../../src/checks/run/order.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { codesOf } from './judges-to.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { bridge, emitter, WHOLE } from '../histories/observed-run.ts';

const ONE = { id: 'aaaaaaaa', thread: 'thread_session_1', run: 'run_thread_session_1_1_aa' };
const TWO = { id: 'bbbbbbbb', thread: 'thread_session_2', run: 'run_thread_session_2_2_bb' };
const THE_END_OF_ONE = `run nonce-${ONE.id}` as const;

const PATIENT = { ...BUDGETS, runBudgetMs: 5000, eventGapBudgetMs: 5000, firstEventBudgetMs: 5000 };

type RecordsRun = (fake: FakeHistory) => unknown;

const LEGITIMATE: Readonly<Record<string, RecordsRun>> = {
  'one run of the bridge': ({ socket }) => bridge(socket('c1').ready().runs(ONE.id), ONE).quiet(),
  'one run of the emitter': ({ socket }) => emitter(socket('c1').ready().runs(ONE.id), ONE).quiet(),
  'a second run on the thread that the server made': ({ socket }) => {
    const c1 = bridge(socket('c1').ready().runs(ONE.id), ONE).quiet();
    const again = { ...TWO, thread: ONE.thread };
    c1.sends({ type: 'user_message', content: `Ask (nonce-${TWO.id})`, thread_id: ONE.thread });
    bridge(c1, again, WHOLE.slice(1)).quiet();
  },
  'two runs at once on one socket, served in turn': ({ socket }) => {
    const c1 = socket('c1').ready().runs(ONE.id).runs(TWO.id);
    bridge(bridge(c1, ONE), TWO).quiet();
  },
  'two runs at once on one socket, served in the other order': ({ socket }) => {
    const c1 = socket('c1').ready().runs(ONE.id).runs(TWO.id);
    bridge(bridge(c1, TWO), ONE).quiet();
  },
  'two runs at once on one socket, interleaved': ({ socket }) => {
    const c1 = socket('c1').ready().runs(ONE.id).runs(TWO.id);
    for (const letter of WHOLE) bridge(bridge(c1, TWO, letter), ONE, letter);
    c1.quiet();
  },
  'two runs at once on one known thread': ({ socket }) => {
    const c1 = socket('c1').ready();
    const both = [ONE, TWO].map((run) => ({ ...run, thread: 'thread_1' }));
    for (const { id, thread } of both) c1.sends({ type: 'user_message', content: `(nonce-${id})`, thread_id: thread });
    for (const letter of WHOLE.slice(1)) for (const run of both) bridge(c1, run, letter);
    c1.quiet();
  },
  'a run of two users each, at once': ({ socket }) => {
    const [anna, bert] = [socket('c1', 'anna').ready().runs(ONE.id), socket('c2', 'bert').ready().runs(TWO.id)];
    for (const letter of WHOLE) {
      bridge(bert, TWO, letter);
      bridge(anna, ONE, letter);
    }
    anna.quiet();
    bert.quiet();
  },
  'five sockets of one user': ({ socket }) => {
    const sockets = ['c1', 'c2', 'c3', 'c4', 'c5'].map((name) => socket(name, 'anna').ready());
    sockets[2]?.runs(ONE.id);
    for (const letter of WHOLE) for (const each of sockets) bridge(each, ONE, letter);
    for (const each of sockets) each.quiet();
  },
  'runs of two sockets of one user, at once': ({ socket }) => {
    const sockets = ['c1', 'c2'].map((name) => socket(name, 'anna').ready());
    sockets[0]?.runs(ONE.id);
    sockets[1]?.runs(TWO.id);
    for (const letter of WHOLE) for (const each of sockets) for (const run of [TWO, ONE]) bridge(each, run, letter);
    for (const each of sockets) each.quiet();
  },
  'a run that ends, and then the socket too': ({ socket }) =>
    bridge(socket('c1').ready().runs(ONE.id), ONE).quiet().closed(1000, '', 'us'),
  'events that were queued for the next socket of the user': ({ socket }) => {
    const c1 = bridge(socket('c1', 'anna').ready().runs(ONE.id), ONE).quiet().closed(1000, '', 'us');
    const c2 = socket('c2', 'anna').asks().opens();
    bridge(c2, ONE, 'CDE').welcomed().quiet();
    return c1;
  },
};

for (const [name, recordRun] of Object.entries(LEGITIMATE)) {
  for (const order of ORDER_MODES) {
    test(`observed: ${name} holds in ${order} order`, () => {
      const fake = fakeHistory();
      recordRun(fake);
      expect(codesOf(agentRun({ budgets: PATIENT, order })(fake.history))).toBe('holds');
      expect(codesOf(isolation()(fake.history))).toBe('holds');
    });
  }
}

test('observed: every socket of a user gets the run, whichever asked', () => {
  const fake = fakeHistory();
  LEGITIMATE['five sockets of one user']?.(fake);
  expect(codesOf(fanOut()(fake.history))).toBe('holds');
});

/** What the exact order, and what the grammar finds in a run of the bridge with these parts. */
const SPOILT: readonly (readonly [string, string, string])[] = [
  ['NRISTXCD', 'run-stalled', 'run-stalled'],
  ['NRISTXC', 'run-stalled', 'run-stalled'],
  ['NR', 'run-stalled', 'run-stalled'],
  ['NRISTXCE', 'event-missing', 'event-missing'],
  ['NRITXCDE', 'event-missing', 'holds'],
  ['NRISXCDE', 'event-missing', 'event-missing'],
  ['NRISTXDE', 'event-missing', 'event-missing'],
  ['NRISXTCDE', 'event-out-of-order', 'holds'],
  ['NRISTXDCE', 'event-after-end', 'holds'],
  ['NRISTXCED', 'event-after-end', 'event-after-end'],
  ['NRISSTXCDE', 'event-duplicated', 'event-duplicated'],
  ['NRISTXCDDE', 'event-duplicated', 'event-duplicated'],
  ['NRISTXCDEE', 'event-duplicated', 'event-duplicated'],
];

for (const [letters, exact, grammar] of SPOILT) {
  test(`observed: a run of the parts ${letters} is ${exact}, in grammar order ${grammar}`, () => {
    const { history, socket } = fakeHistory();
    bridge(socket('c1').ready().runs(ONE.id), ONE, letters).deadline(THE_END_OF_ONE).quiet();
    const codes = (['exact', 'grammar'] as const).map((order) =>
      codesOf(agentRun({ budgets: PATIENT, order })(history)),
    );
    expect(codes).toEqual([exact, grammar]);
  });
}

test('observed: a run that never ends says who is still at work', () => {
  const { history, socket } = fakeHistory();
  bridge(socket('c1').ready().runs(ONE.id), ONE, 'NRIST').deadline(THE_END_OF_ONE);
  expect(agentRun({ budgets: PATIENT, order: 'exact' })(history).because).toContain(
    'the last agent_thinking (#8), while supervisor (#7) had not completed',
  );
});

test('observed: a start and an end of the run itself without a time are noted, once for the run', () => {
  const { history, socket } = fakeHistory();
  bridge(socket('c1').ready().runs(ONE.id), ONE).quiet();
  expect(agentRun({ budgets: PATIENT, order: 'grammar' })(history).notes).toEqual([
    {
      code: 'timestamp-missing',
      because: `run nonce-${ONE.id}: no timestamp in agent_started (#6), agent_completed (#12)`,
      entries: [6, 12],
    },
  ]);
});
