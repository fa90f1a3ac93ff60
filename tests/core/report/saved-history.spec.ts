import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { restoredHistory, savedHistory } from '../../../src/report/saved-history.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { codesOf } from '../checks/judges-to.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

function swapped() {
  const fake = fakeHistory();
  events(fake.socket('c1').ready().runs('one'), 'STCXD').quiet();
  return fake.history;
}

const run = agentRun({ budgets: BUDGETS, order: 'exact' });

test('saved history: is read back the same, and judged the same', () => {
  const history = swapped();
  const restored = restoredHistory(JSON.parse(JSON.stringify(savedHistory(history))));
  expect(restored).toEqual(history);
  expect(codesOf(run(restored))).toBe('event-out-of-order');
});
