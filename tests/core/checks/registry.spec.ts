import { expect, test } from '@playwright/test';
import { agentRun, badInput, checkFromSaved, handshake, isolation, welcome } from '../../../src/checks/index.ts';
import * as registry from '../../../src/checks/registry.ts';
import type { Check, SavedCheck } from '../../../src/checks/index.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

const RUN_BUDGETS = { firstEventBudgetMs: 200, eventGapBudgetMs: 200, runBudgetMs: 600 };

const MADE: readonly (readonly [Check, SavedCheck])[] = [
  [isolation(), { check: 'isolation', rules: [] }],
  [welcome(BUDGETS), { check: 'welcome', rules: [{ welcomeBudgetMs: 200, connectBudgetMs: 200 }, {}] }],
  [
    agentRun({ budgets: BUDGETS, order: 'exact', required: ['agent_started'], of: ['c1'] }),
    {
      check: 'agent-run',
      rules: [{ budgets: RUN_BUDGETS, order: 'exact', required: ['agent_started'], of: ['c1'] }],
    },
  ],
];

for (const [check, saved] of MADE) {
  test(`registry: ${saved.check} carries its name and rules, and judges the same when it is made again from them`, () => {
    const { history, socket } = fakeHistory();
    events(socket('c1').ready().runs('one'), 'STTD').quiet();
    const again = checkFromSaved(saved);
    expect(check.savedAs).toEqual(saved);
    expect(again.savedAs).toEqual(saved);
    expect(again(history)).toEqual(check(history));
  });
}

test('registry: a check that one test wrote for itself cannot be saved', () => {
  const check: Check = () => isolation()([]);
  expect(check.savedAs).toBeUndefined();
});

test('registry: a scope that is left out is saved as all connections', () => {
  expect(handshake().savedAs?.rules).toEqual([{}]);
  expect(badInput('oversize').savedAs?.rules).toEqual(['oversize', {}]);
});

const RUN = {
  of: ['c1'],
  budgets: { firstEventBudgetMs: 1, eventGapBudgetMs: 2, runBudgetMs: 3 },
  order: 'exact',
  required: ['agent_started'],
  strictness: 'schema',
};

const KEPT: Readonly<Record<string, SavedCheck>> = {
  'a check without rules': { check: 'isolation', rules: [] },
  'the scope of a check': { check: 'fan-out', rules: [{ of: ['c1', 'c2'] }] },
  'the rules of a run': { check: 'agent-run', rules: [RUN] },
  'the budget of a welcome': { check: 'welcome', rules: [{ welcomeBudgetMs: 5 }, { of: ['c1'] }] },
  'the budget of a pong': { check: 'heartbeat', rules: [{ pongBudgetMs: 5 }, {}] },
  'a bad input': { check: 'bad-input', rules: ['oversize', { of: ['c1'] }] },
  'a comparison': { check: 'e2e-headers', rules: [{ marked: 'c1', plain: 'c2', order: 'grammar' }] },
  'a credential': { check: 'same-judgement', rules: ['expired'] },
  'an endpoint': { check: 'endpoint', rules: ['websocket-health'] },
};

for (const [what, saved] of Object.entries(KEPT)) {
  test(`registry: ${what} can be written to a file and read back`, () => {
    const read: SavedCheck = JSON.parse(JSON.stringify(saved));
    expect(checkFromSaved(read).savedAs).toEqual(saved);
  });
}

const REFUSED: Readonly<Record<string, SavedCheck>> = {
  'a rule for a check that has none': { check: 'isolation', rules: [{}] },
  'a scope that is one name': { check: 'fan-out', rules: [{ of: 'c1' }] },
  'a run without budgets': { check: 'agent-run', rules: [{ order: 'exact' }] },
  'a run without its gap budget': {
    check: 'agent-run',
    rules: [{ ...RUN, budgets: { firstEventBudgetMs: 1, runBudgetMs: 3 } }],
  },
  'a run in an unknown order': { check: 'agent-run', rules: [{ ...RUN, order: 'any' }] },
  'a run that requires an unknown event': { check: 'agent-run', rules: [{ ...RUN, required: ['tea'] }] },
  'a welcome without a budget': { check: 'welcome', rules: [{}, {}] },
  'a pong without a budget': { check: 'heartbeat', rules: [{}, {}] },
  'an unknown input': { check: 'bad-input', rules: ['tea', {}] },
  'a comparison with nothing': { check: 'e2e-headers', rules: [{ marked: 'c1', order: 'exact' }] },
  'an unknown endpoint': { check: 'endpoint', rules: ['tea'] },
  'a list for an endpoint': { check: 'endpoint', rules: [['health']] },
  'a name that every object has': { check: 'endpoint', rules: ['constructor'] },
};

for (const [what, saved] of Object.entries(REFUSED)) {
  test(`registry: ${what} is refused, with the rules and what is wrong with them`, () => {
    const making = (): Check => checkFromSaved(saved);
    expect(making).toThrow(`The rules of the check ${saved.check} cannot be read: ${JSON.stringify(saved.rules)}.`);
    expect(making).toThrow(expect.objectContaining({ cause: expect.objectContaining({ name: 'ZodError' }) }));
  });
}

test('registry: a name that no check has is refused, with the names of all checks', () => {
  const making = (): Check => checkFromSaved({ check: 'astrology', rules: [] });
  expect(making).toThrow('Expected the name of a check, got "astrology". The checks are agent-run, bad-input, ');
  const names = Object.values(registry).flatMap((each) => ('checkName' in each ? [each.checkName] : []));
  for (const name of names) expect(making, `add ${name} to ALL in src/checks/registry.ts`).toThrow(name);
  expect(names.length).toBeGreaterThanOrEqual(15);
});
