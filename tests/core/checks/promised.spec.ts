import { expect, test } from '@playwright/test';
import { judgement } from '../../../src/checks/judgement.ts';
import { promised, typedMessages } from '../../../src/checks/index.ts';
import { fakeHistory } from '../histories/fake-history.ts';

function untyped() {
  const { history, socket } = fakeHistory();
  socket('c1').ready().receives({ message_type: 'initialization_progress' });
  return history;
}

test('promised: what the project lists is judged, and can be saved', () => {
  const check = promised('typed-messages', typedMessages(), { clientPromises: ['typed-messages'] });
  expect(check(untyped())).toMatchObject({ holds: false, findings: [{ code: 'message-untyped' }] });
  expect(check.savedAs).toEqual({ check: 'typed-messages', rules: [{}] });
});

test('promised: a breach of what the project does not list is a note that names promise and finding', () => {
  const check = promised('typed-messages', typedMessages(), { clientPromises: ['stop-agent'] });
  expect(check(untyped())).toMatchObject({
    check: 'typed-messages',
    holds: true,
    evidence: [3],
    notes: [
      {
        code: 'client-promise-unmet',
        because: expect.stringMatching(/^typed-messages \[message-untyped\]: message #3 on c1 has no string type/),
        entries: [3],
      },
    ],
  });
});

test('promised: what could not be verified stays unverified, and a breach without an entry stays a breach', () => {
  const rules = { clientPromises: [] };
  expect(promised('typed-messages', typedMessages(), rules)([])).toMatchObject({ holds: 'unknown' });
  const judging = judgement('invented', 'what this test invents');
  judging.violated({ code: 'message-untyped', expected: 'it', found: 'none', because: 'invented', entries: [] });
  const verdict = judging.verdict('');
  expect(promised('typed-messages', () => verdict, rules)([])).toBe(verdict);
});
