import { expect, test } from '@playwright/test';
import { agentRun, checkCalled, callOf, isolation, welcome } from '../../../src/checks/index.ts';
import type { CheckCall, Check } from '../../../src/checks/index.ts';
import { BUDGETS } from './codes.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

const RUN_BUDGETS = { firstEventBudgetMs: 200, eventGapBudgetMs: 200, runBudgetMs: 600 };

const ASKED: readonly (readonly [Check, CheckCall])[] = [
  [isolation(), { check: 'isolation', rules: [] }],
  [welcome(BUDGETS), { check: 'welcome', rules: [{ welcomeBudgetMs: 200 }, {}] }],
  [
    agentRun({ budgets: BUDGETS, order: 'exact', required: ['agent_started'], of: ['c1'] }),
    {
      check: 'agent-run',
      rules: [{ budgets: RUN_BUDGETS, order: 'exact', required: ['agent_started'], of: ['c1'] }],
    },
  ],
];

for (const [check, asked] of ASKED) {
  test(`asked: ${asked.check} tells its name and its rules, judges the same when asked again, and tells the same then`, () => {
    const { history, socket } = fakeHistory();
    events(socket('c1').ready().runs('one'), 'STTD').quiet();
    const again = checkCalled(asked);
    expect(callOf(check)).toEqual(asked);
    expect(callOf(again)).toEqual(asked);
    expect(again(history)).toEqual(check(history));
  });
}

test('asked: a check of one test alone is none that can be asked for again', () => {
  expect(callOf(() => isolation()([]))).toBeUndefined();
});

test('asked: a name that no check has is refused, with the names that there are', () => {
  expect(() => checkCalled({ check: 'astrology', rules: [] })).toThrow(
    'Expected the name of a check, got "astrology". The checks are agent-run, bad-input, closing, e2e-headers, endpoint, fan-out, handshake, heartbeat, isolation, preflight, refuses, same-judgement, secrets, welcome, well-formed.',
  );
});

test('asked: rules that are none of the check are refused, with what is wrong with them', () => {
  const asking = (): Check => checkCalled({ check: 'agent-run', rules: [{ order: 'any' }] });
  expect(asking).toThrow('The rules of the check agent-run cannot be read: [{"order":"any"}].');
  expect(asking).toThrow(expect.objectContaining({ cause: expect.objectContaining({ name: 'ZodError' }) }));
});
