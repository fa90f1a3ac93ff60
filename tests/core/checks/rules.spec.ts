import { expect, test } from '@playwright/test';
import * as rules from '../../../src/checks/rules.ts';

const RUN = {
  of: ['c1'],
  budgets: { firstEventBudgetMs: 1, eventGapBudgetMs: 2, runBudgetMs: 3 },
  order: 'exact',
  required: ['agent_started'],
  strictness: 'schema',
};

const KEPT: Readonly<
  Record<
    string,
    readonly [(value: unknown) => { readonly success: boolean; readonly data?: unknown }, readonly unknown[]]
  >
> = {
  'no rules': [(value) => rules.NO_RULES.safeParse(value), []],
  'the scope of a check': [(value) => rules.SCOPE_RULES.safeParse(value), [{ of: ['c1', 'c2'] }]],
  'the rules of a run': [(value) => rules.RUN_RULES.safeParse(value), [RUN]],
  'the budget of a welcome': [
    (value) => rules.WELCOME_RULES.safeParse(value),
    [{ welcomeBudgetMs: 5 }, { of: ['c1'] }],
  ],
  'the budget of a pong': [(value) => rules.PONG_RULES.safeParse(value), [{ pongBudgetMs: 5 }, {}]],
  'a bad input': [(value) => rules.INPUT_RULES.safeParse(value), ['oversize', { of: ['c1'] }]],
  'a comparison': [
    (value) => rules.COMPARISON_RULES.safeParse(value),
    [{ marked: 'c1', plain: 'c2', order: 'grammar' }],
  ],
  'a credential': [(value) => rules.CREDENTIAL_RULES.safeParse(value), ['expired']],
  'an endpoint': [(value) => rules.ENDPOINT_RULES.safeParse(value), ['websocket-health']],
};

for (const [what, [parse, list]] of Object.entries(KEPT)) {
  test(`rules: ${what} survive being written down and read back`, () => {
    expect(parse(JSON.parse(JSON.stringify(list)))).toEqual({ success: true, data: list });
  });
}

test('rules: a scope that is left out is all sockets', () => {
  expect(rules.SCOPE_RULES.parse([undefined])).toEqual([{}]);
  expect(rules.INPUT_RULES.parse(['oversize', undefined])).toEqual(['oversize', {}]);
});

const REFUSED: Readonly<
  Record<string, readonly [(value: unknown) => { readonly success: boolean }, readonly unknown[]]>
> = {
  'rules where there are none': [(value) => rules.NO_RULES.safeParse(value), [{}]],
  'a scope that is one name': [(value) => rules.SCOPE_RULES.safeParse(value), [{ of: 'c1' }]],
  'a run without budgets': [(value) => rules.RUN_RULES.safeParse(value), [{ order: 'exact' }]],
  'a run without its gap budget': [
    (value) => rules.RUN_RULES.safeParse(value),
    [{ ...RUN, budgets: { firstEventBudgetMs: 1, runBudgetMs: 3 } }],
  ],
  'a run in an unknown order': [(value) => rules.RUN_RULES.safeParse(value), [{ ...RUN, order: 'any' }]],
  'a run that requires an unknown event': [
    (value) => rules.RUN_RULES.safeParse(value),
    [{ ...RUN, required: ['tea'] }],
  ],
  'a welcome without a budget': [(value) => rules.WELCOME_RULES.safeParse(value), [{}, {}]],
  'a pong without a budget': [(value) => rules.PONG_RULES.safeParse(value), [{}, {}]],
  'an unknown input': [(value) => rules.INPUT_RULES.safeParse(value), ['tea', {}]],
  'a comparison with nothing': [(value) => rules.COMPARISON_RULES.safeParse(value), [{ marked: 'c1', order: 'exact' }]],
  'an unknown endpoint': [(value) => rules.ENDPOINT_RULES.safeParse(value), ['tea']],
  'a list for an endpoint': [(value) => rules.ENDPOINT_RULES.safeParse(value), [['health']]],
  'a name that every object has': [(value) => rules.ENDPOINT_RULES.safeParse(value), ['constructor']],
};

for (const [what, [parse, list]] of Object.entries(REFUSED)) {
  test(`rules: ${what} is refused`, () => {
    expect(parse(list).success).toBe(false);
  });
}
