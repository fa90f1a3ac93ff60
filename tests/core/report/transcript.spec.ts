import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/agent-run.ts';
import { transcript } from '../../../src/report/transcript.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { events } from '../histories/run-letters.ts';

function swapped() {
  const fake = fakeHistory();
  events(fake.socket('c1').ready().runs('one'), 'STCXD').quiet();
  return fake.history;
}

const run = agentRun({ budgets: BUDGETS, order: 'exact' });

test('transcript: marks the entries of findings with their codes', () => {
  const history = swapped();
  const lines = transcript(history, [run(history)]).split('\n');
  expect(lines.map((line) => line.startsWith('!'))).toEqual(history.map(({ index }) => index === 6 || index === 7));
  expect(lines[6]).toMatch(/^! #6 +\+0\.060s c1 +← tool_completed +\{.*\} +«event-out-of-order»$/);
});

test('transcript: a long history is cut in the middle, and says so', () => {
  const { history, socket } = fakeHistory();
  const c1 = socket('c1').ready();
  for (let frame = 0; frame < 2100; frame += 1) c1.receives({ type: 'ping' });
  expect(transcript(history).split('\n')[1000]).toBe(
    '… 103 entries are left out here; the attachment "history" has them all …',
  );
});
