import { expect, test } from '@playwright/test';
import { runsOf } from '../../../src/history/runs.ts';
import type { History } from '../../../src/history/entry.ts';
import { fakeHistory } from '../histories/fake-history.ts';

/** Per run of a history: what arrived on which socket, as event names. */
function deliveriesOf(history: History): readonly Readonly<Record<string, string>>[] {
  return runsOf(history).runs.map(({ deliveries }) =>
    Object.fromEntries(
      [...deliveries].map(([socket, { entries }]) => [socket, entries.map(({ message }) => message.event).join(' ')]),
    ),
  );
}

test('runs: events belong to the run whose thread they name, interleaved or not', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().runs('one').runs('two');
  c1.event('two', 'agent_started').event('one', 'agent_started').event('two', 'agent_completed');
  expect(deliveriesOf(history)).toEqual([{ c1: 'agent_started' }, { c1: 'agent_started agent_completed' }]);
});

test('runs: without a thread the server run id decides, and new ids go to the oldest open run', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().runs('one').runs('two');
  for (const [run, type] of [
    ['x', 'agent_started'],
    ['y', 'agent_started'],
    ['x', 'agent_thinking'],
    ['y', 'agent_completed'],
  ] as const) {
    c1.receives({ type, run_id: run });
  }
  expect(deliveriesOf(history)).toEqual([
    { c1: 'agent_started agent_thinking' },
    { c1: 'agent_started agent_completed' },
  ]);
});

test('runs: without any id an event belongs to the run that is open on its socket', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().runs('one');
  c1.receives({ type: 'agent_started' }).receives({ type: 'agent_completed' });
  c1.runs('two').receives({ type: 'agent_started' });
  expect(deliveriesOf(history)).toEqual([{ c1: 'agent_started agent_completed' }, { c1: 'agent_started' }]);
});

test("runs: a second socket of the user sees the run too, another user's socket has a stray", () => {
  const { history, socket } = fakeHistory();
  socket('c1', 'anna').ready();
  const [c2, c3] = [socket('c2', 'anna').ready(), socket('c3', 'bert').ready()];
  socket('c1', 'anna').runs('one').event('one', 'agent_started');
  c2.event('one', 'agent_started');
  c3.event('one', 'agent_started');
  expect(deliveriesOf(history)).toEqual([{ c1: 'agent_started', c2: 'agent_started' }]);
  expect(runsOf(history).strays.map(({ entry, run }) => [entry.connection, run?.connection])).toEqual([['c3', 'c1']]);
});

test('runs: what is replayed before the welcome is no answer to anything', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().opens().event('earlier', 'agent_completed').welcomed().runs('one');
  expect(runsOf(history).strays).toEqual([]);
  expect(deliveriesOf(history)).toEqual([{}]);
});

test('runs: nested sub-agents and doubled starts do not end a run', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready().runs('one');
  c1.event('one', 'agent_started', { agent_name: 'Supervisor' });
  c1.event('one', 'agent_started').event('one', 'agent_started', { agent_name: 'Triage' });
  c1.event('one', 'agent_completed', { agent_name: 'Triage' }).event('one', 'agent_completed', {
    agent_name: 'Supervisor',
  });
  expect(runsOf(history).runs[0]?.deliveries.get('c1')?.terminal).toBeUndefined();
  c1.event('one', 'agent_completed');
  expect(runsOf(history).runs[0]?.deliveries.get('c1')?.terminal?.index).toBe(history.length - 1);
});
