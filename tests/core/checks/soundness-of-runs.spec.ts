import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { fanOut } from '../../../src/checks/fan-out.ts';
import { heartbeat } from '../../../src/checks/heartbeat.ts';
import { isolation } from '../../../src/checks/isolation.ts';
import type { Check } from '../../../src/checks/verdict.ts';
import { pingMessage } from '../../../src/protocol/requests.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

const run = agentRun({ budgets: BUDGETS, order: 'grammar' });

/** Histories on which an earlier version of a check was wrong: too kind, or too strict. */
const TALES: Readonly<Record<string, readonly [string, Check, (told: FakeHistory) => void]>> = {
  'a sub-agent that completes without having started does not end the run': [
    'holds',
    run,
    ({ socket }) => {
      const c1 = socket('c1').ready().runs('one').event('one', 'agent_started', { agent_name: 'Supervisor' });
      events(c1, 'TXC').hears({ type: 'subagent_completed', agent_name: 'Data', thread_id: 'one', timestamp: 1 });
      c1.event('one', 'agent_thinking', { step: 9 })
        .event('one', 'agent_completed', { agent_name: 'Supervisor' })
        .quiet();
    },
  ],
  'two runs that only quote their prompts are told apart': [
    'holds',
    isolation(),
    ({ socket }) => {
      const c1 = socket('c1').ready().runs('aaaaaaaa').runs('bbbbbbbb');
      for (const type of ['agent_started', 'agent_completed']) {
        for (const id of ['bbbbbbbb', 'aaaaaaaa']) c1.hears({ type, message: `about nonce-${id}`, timestamp: 1 });
      }
    },
  ],
  "a pong with an id of the server's own answers by order": [
    'holds',
    heartbeat(BUDGETS),
    ({ socket }) => socket('c1').ready().says(pingMessage('a', 1)).hears({ type: 'pong', message_id: 'server-77' }),
  ],
  'a pong that echoes the time as text is a match': [
    'holds',
    heartbeat(BUDGETS),
    ({ socket }) =>
      socket('c1')
        .ready()
        .says(pingMessage('a', 1_757_430_001_500))
        .hears({ type: 'pong', original_timestamp: '2025-09-09T15:00:01.500Z' }),
  ],
  'progress that names another user is foreign': [
    'foreign-user',
    isolation(),
    ({ socket }) => socket('c1', 'anna').ready().hears({ type: 'agent_progress', user_id: 'bert' }),
  ],
  'two users who ask and get nothing show no isolation': [
    'unknown: not-served',
    isolation(),
    ({ socket }) => void [socket('c1', 'anna').ready().runs('a'), socket('c2', 'bert').ready().runs('b')],
  ],
  'as many events, but other ones, are not the same events': [
    'fan-out-missing fan-out-missing',
    fanOut(),
    ({ socket }) => {
      const [asking, watching] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
      events(asking.runs('one'), 'STXCD');
      events(watching, 'STTTD');
    },
  ],
  'no event on any socket is no fan-out': [
    'unknown: not-served not-served',
    fanOut(),
    ({ socket }) => {
      const [asking] = [socket('c1', 'anna').ready(), socket('c2', 'anna').ready()];
      asking.runs('one');
    },
  ],
  'our own close right after the end shows nothing about what follows': [
    'unknown: not-awaited',
    run,
    ({ socket }) => events(socket('c1').ready().runs('one'), 'STXCD').closed(1000, '', 'us'),
  ],
  'a failed run that goes on to its completion failed once': [
    'run-failed',
    run,
    ({ socket }) => events(events(socket('c1').ready().runs('one'), 'ST').event('one', 'agent_error'), 'XCD').quiet(),
  ],
};

for (const [name, [expected, check, tell]] of Object.entries(TALES)) {
  test(`soundness: ${name}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(check(told.history))).toBe(expected);
  });
}
