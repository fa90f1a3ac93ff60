import { expect, test } from '@playwright/test';
import { connectingTitles, endingTitle, probeTitles, runTitles } from '../../../src/session/step-titles.ts';
import { connectionNamed } from '../../../src/history/connections.ts';
import type { History } from '../../../src/history/entry.ts';
import { fakeHistory } from '../histories/fake-history.ts';

function sentence(summaries: readonly { readonly sentence: string }[]): string {
  return summaries.map((summary) => summary.sentence).join('; ');
}

function connecting(history: History): string {
  return sentence(connectingTitles(connectionNamed(history, 'c1')));
}

test('step titles: say how connecting ended', () => {
  const open = fakeHistory();
  open.socket('c1', 'user-one').asks().opens();
  expect(connecting(open.history)).toBe('Connect user user-one as c1: open after 10 ms');
  const refused = fakeHistory();
  refused.socket('c1', 'user-one').asks('expired').refused(401);
  expect(connecting(refused.history)).toBe(
    'Connect user user-one with a credential that is expired as c1: refused after 20 ms: HTTP 401',
  );
});

test('step titles: say how a wait ended: by its answer, by the end of the connection, or by its deadline', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().closed(1008, 'no');
  const [, , welcome, closed] = history;
  if (welcome === undefined || closed === undefined) throw new Error('expected a welcome and a close');
  const title = (...ending: [Parameters<typeof endingTitle>[3]]): string =>
    endingTitle(history, 'c1', 'welcomed', ...ending, 99).sentence;
  expect(title({ by: 'message', entry: welcome })).toBe('c1: welcomed after 10 ms');
  expect(title({ by: 'close', entry: closed })).toBe(
    'c1: not welcomed, closed by the server with 1008 (policy violation)',
  );
  expect(title({ by: 'deadline', limit: 'total', afterMs: 2000 })).toBe('c1: not welcomed within 2.00 s');
});

test('step titles: say how runs ended: complete, or with the last event', () => {
  const { history, socket } = fakeHistory();
  const client = socket('c1').ready().runs('aaaaaaaa').fiveEvents('aaaaaaaa');
  client.runs('bbbbbbbb').event('bbbbbbbb', 'agent_started').deadline('run nonce-bbbbbbbb');
  client.runs('cccccccc');
  expect(runTitles(history, 'c1').map((summary) => summary.sentence)).toEqual([
    'Run nonce-aaaaaaaa: 5 of 5 events in 50 ms',
    'Run nonce-bbbbbbbb: 1 of 5 events, the last agent_started, no end',
    'Run nonce-cccccccc: no event came, no end',
  ]);
});

test('step titles: say what HTTP requests and stages of the preflight found', () => {
  const { history, probe } = fakeHistory();
  probe({ name: 'health', target: 'GET http://host/health', status: 200 });
  probe({ name: 'tcp', target: 'host:1', error: 'ECONNREFUSED' });
  expect(sentence(probeTitles(history))).toBe(
    'Health (GET http://host/health): HTTP 200 in 1.0 ms; Tcp (host:1): ECONNREFUSED in 1.0 ms',
  );
});
