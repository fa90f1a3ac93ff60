import { expect, test } from '@playwright/test';
import { agentRun, welcome } from '../../../src/checks/index.ts';
import { timeline } from '../../../src/report/timeline/timeline.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

test('draws the first divergence at the top, and the finding where it happened', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').event('one', 'agent_started').event('one', 'agent_completed').quiet();
  const verdicts = [agentRun({ budgets: BUDGETS, order: 'grammar' })(history)];
  const page = timeline({ history, verdicts, budgets: BUDGETS });
  expect(page).toMatch(/<h1>\s*Violated: a run ends without one of its events/);
  expect(page).toMatch(/class="wrong"[^]*agent_completed[^]*class="finding wrong"[^]*<b>event-missing<\/b>/);
  expect(page).toContain('<span class="blame">product</span>');
});

test('draws a page without scripts and without anything from outside, whatever was received', () => {
  const { history, socket } = fakeHistory();
  socket('c1')
    .ready()
    .receives({ type: '<script>alert(1)</script>', text: '"><img src=x onerror=y>' })
    .closed(1011, '<b>');
  const page = timeline({ history, verdicts: [], budgets: BUDGETS });
  expect(page).not.toMatch(/<script|<img|<link|<b>"|https?:\/\//i);
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});

test('draws what holds when everything holds, and what was not verified as such', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready();
  const holds = timeline({ history, verdicts: [welcome(BUDGETS)(history)], budgets: BUDGETS });
  expect(holds).toContain('Everything that was judged holds');
  const unsure = fakeHistory();
  unsure.socket('c1').asks().refused(503);
  const verdicts = [welcome(BUDGETS)(unsure.history)];
  expect(timeline({ history: unsure.history, verdicts, budgets: BUDGETS })).toContain('Not verified: ');
});

test('cuts a long table in the middle, says what was cut, and keeps the finding', () => {
  const { history, socket } = fakeHistory();
  const client = socket('c1').ready();
  for (let count = 0; count < 400; count += 1) client.receives({ type: 'progress', count });
  client.runs('late').event('late', 'agent_completed').quiet();
  for (let count = 0; count < 400; count += 1) client.receives({ type: 'progress', count });
  const verdicts = [agentRun({ budgets: BUDGETS, order: 'grammar' })(history)];
  const page = timeline({ history, verdicts, budgets: BUDGETS });
  expect(page.match(/<tr class="(?:wrong|unsure|cited|)">/g)?.length).toBeLessThan(220);
  expect(page).toMatch(/… \d+ entries \(#\d+ to #\d+\) are left out here/);
  expect(page).toContain('event-missing');
});

test('draws a matrix of many connections, the failing first, and tables of those only', () => {
  const { history, socket } = fakeHistory();
  for (const name of ['c1', 'c2', 'c3', 'c4', 'c5']) {
    const client = socket(name).ready().runs(name);
    if (name === 'c4') client.event(name, 'agent_started').event(name, 'agent_completed').quiet();
    else client.fiveEvents(name);
  }
  const verdicts = [agentRun({ budgets: BUDGETS, order: 'grammar' })(history)];
  const page = timeline({ history, verdicts, budgets: BUDGETS });
  expect(page).toContain('5 connections, 1 of them failing');
  expect([...page.matchAll(/<td>\s*<b>(c\d)<\/b>/g)].map(([, name]) => name)?.[0]).toBe('c4');
  expect([...page.matchAll(/<h2>\s*Connection (c\d)/g)].map(([, name]) => name)).toEqual(['c4']);
  expect(page.match(/<td class="missing">\s*✗/g)).toHaveLength(3);
});
