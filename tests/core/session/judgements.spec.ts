import { expect, test } from '@playwright/test';
import { handshake, heartbeat } from '../../../src/checks/index.ts';
import { judgement } from '../../../src/checks/judgement.ts';
import { judgedHistory } from '../../../src/session/judgements.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

test('judgements: a history that grows is judged as it is at each moment', () => {
  const { history, socket } = fakeHistory();
  const { judgements } = judgedHistory(history);
  judgements.judge(handshake());
  const asked = history.length;
  socket('c1').ready();
  judgements.judge(handshake());
  expect(judgements.verdicts().map(({ holds }) => holds)).toEqual(['unknown', true]);
  expect(judgements.saved().map(({ upTo }) => upTo)).toEqual([asked, history.length]);
});

test('judgements: a registered check is saved with its rules, and a finished verdict as it is', () => {
  const { judgements } = judgedHistory([]);
  judgements.judge(heartbeat(BUDGETS));
  const judging = judgement('other', 'a promise');
  judging.doubted({ code: 'not-asked', because: 'nothing was asked', entries: [] });
  const verdict = judging.verdict('');
  judgements.keep(verdict);
  expect(judgements.saved()).toEqual([
    { upTo: 0, check: 'heartbeat', rules: [{ pongBudgetMs: BUDGETS.pongBudgetMs }, {}] },
    { upTo: 0, verdict },
  ]);
});

test('judgements: there is a diagnosis once a verdict does not hold, and the failure text has it', () => {
  const { history, socket } = fakeHistory();
  const { judgements } = judgedHistory(history);
  socket('c1').asks().refused(404);
  expect(judgements.diagnosis()).toBeUndefined();
  const verdict = judgements.judge(handshake());
  expect(judgements.diagnosis()?.signature).toBe('FM-09');
  expect(judgements.explain([verdict])).toContain('Diagnosis FM-09');
});
