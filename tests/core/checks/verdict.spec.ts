import { expect, test } from '@playwright/test';
import { endpoint } from '../../../src/checks/endpoint.ts';
import { judge } from '../../../src/checks/judgement.ts';
import { findingsOf, worst } from '../../../src/checks/verdict.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { codesOf } from './judges-to.ts';

test('verdict: the worst of several wins, and a check that crashes is unknown', () => {
  const { history, socket, probe } = fakeHistory();
  socket('c1').ready();
  probe({ name: 'health', target: 'health', status: 500 });
  const crashed = judge(() => {
    throw new Error('boom');
  }, history);
  expect(codesOf(crashed)).toBe('unknown: check-crashed');
  const verdicts = [endpoint('discovery')(history), crashed, endpoint('health')(history)] as const;
  expect(worst(verdicts)).toBe(verdicts[2]);
  expect(worst([verdicts[0], verdicts[1]])).toBe(verdicts[0]);
});

test('verdict: a pass has no findings, and every other verdict has its own', () => {
  const { history, probe } = fakeHistory();
  probe({ name: 'health', target: 'health', status: 200, body: '{"status":"ok"}' });
  expect(findingsOf(endpoint('health')(history))).toEqual([]);
  probe({ name: 'health', target: 'health', status: 500 });
  const failed = endpoint('health')(history);
  expect(findingsOf(failed)).toBe(failed.holds === true ? undefined : failed.findings);
  expect(findingsOf(failed).map(({ code }) => code)).toEqual(['endpoint-failed']);
});
