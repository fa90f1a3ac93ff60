import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { History } from '../../../src/history/entry.ts';
import { createRedactor } from '../../../src/history/redact.ts';
import { har } from '../../../src/report/har.ts';
import { importHar, judgeSockets } from '../../../src/har/import-har.ts';
import { HAR } from '../../../src/har/read-sockets.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';

const ZERO_MS = Date.parse('2026-01-02T03:04:05.000Z');
const PAGE = 'tests/core/har/recorded-by-playwright.har';
const redact = createRedactor([]);

/** Exports a history, as text, and imports it again. */
function there(history: History): History {
  return importHar(HAR.parse(JSON.parse(JSON.stringify(har(history, ZERO_MS)))), redact, BUDGETS);
}

function codesOf(history: History): readonly string[] {
  return judgeSockets(history, BUDGETS, 'exact').flatMap((verdict) => findingsOf(verdict).map(({ code }) => code));
}

test('a HAR that was exported here says what the history said', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').fiveEvents('one').closed(1000, '', 'us');
  const imported = there(history);
  const kinds = (of: History): readonly string[] =>
    of.filter(({ kind }) => kind !== 'quiet').map(({ connection, kind }) => `${connection} ${kind}`);
  expect(kinds(imported).filter((kind) => kind !== 'c1 handshake-answer')).toEqual(kinds(history));
  expect(codesOf(imported)).toEqual([]);
});

test('a HAR that was exported here is found wrong for what is wrong', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').event('one', 'agent_started').event('one', 'agent_completed').closed(1011, 'gone');
  expect(codesOf(there(history))).toEqual(['event-missing', 'event-missing', 'event-missing', 'closed-by-server']);
  const refused = fakeHistory();
  refused.socket('c1').asks().refused(503);
  expect(codesOf(there(refused.history))).toContain('service-unavailable');
});

test('what never comes in a HAR is missing after its deadline, and not verified before', () => {
  const { history, socket, at } = fakeHistory();
  const [silent, other] = [socket('c1').asks().opens(), socket('c2').ready()];
  other.hears({ type: 'progress' });
  expect(codesOf(there(history))).toEqual(['not-awaited']);
  at(BUDGETS.welcomeDeadlineMs + 100);
  other.hears({ type: 'progress' });
  expect(codesOf(there(history))).toEqual(['welcome-missing']);
  expect(silent.name).toBe('c1');
});

test('a HAR that Playwright recorded of a real page is judged, and holds', () => {
  const imported = importHar(HAR.parse(JSON.parse(readFileSync(PAGE, 'utf8'))), redact, BUDGETS);
  const verdicts = judgeSockets(imported, BUDGETS, 'exact');
  expect(verdicts.map(({ check, holds }) => `${check} ${holds}`)).toEqual([
    'handshake true',
    'welcome true',
    'heartbeat true',
    'agent-run true',
    'well-formed true',
    'isolation true',
    'closing true',
    'secrets true',
  ]);
});

test('a HAR of Chrome DevTools, which counts seconds, is read like one of Playwright', () => {
  const page = HAR.parse(JSON.parse(readFileSync(PAGE, 'utf8')));
  const inSeconds = structuredClone(page);
  for (const frame of inSeconds.log.entries.flatMap((entry) => entry._webSocketMessages ?? [])) frame.time /= 1000;
  const times = (of: History): readonly number[] => of.map(({ atMs }) => Math.round(atMs));
  expect(times(importHar(inSeconds, redact, BUDGETS))).toEqual(times(importHar(page, redact, BUDGETS)));
});

test('the user of a socket in a HAR is the subject of its token, and the token is not kept', () => {
  const encode = (text: string): string => Buffer.from(text).toString('base64url');
  const token = [encode('{"alg":"none"}'), encode('{"sub":"user-of-the-token"}'), 'c2lnbmF0dXJl'].join('.');
  const { history, socket } = fakeHistory();
  socket('c1')
    .fact({
      kind: 'handshake-request',
      url: 'ws://127.0.0.1/ws',
      headers: { 'sec-websocket-protocol': `jwt-auth, jwt.${encode(token)}` },
      offered: [],
      user: 'somebody',
      credential: 'valid',
    })
    .opens()
    .welcomed('another-user');
  const imported = there(history);
  expect(imported[0]).toMatchObject({ user: 'user-of-the-token', offered: ['jwt-auth', 'jwt.[redacted:token]'] });
  expect(codesOf(imported)).toEqual(['welcome-wrong-user']);
});
