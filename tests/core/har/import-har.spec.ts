import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { History } from '../../../src/history/entry.ts';
import { createRedactor } from '../../../src/history/redact.ts';
import { har } from '../../../src/report/har.ts';
import { importHar, judgeSockets } from '../../../src/har/import-har.ts';
import { HAR_SOCKETS } from '../../../src/har/har-file.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';
import { findingsOf } from '../../../src/checks/verdict.ts';

const ZERO_MS = Date.parse('2026-01-02T03:04:05.000Z');
const PAGE = 'tests/core/har/recorded-by-playwright.har';
const redact = createRedactor([]);

function imported(text: string): History {
  return importHar(HAR_SOCKETS.parse(JSON.parse(text)), redact, BUDGETS);
}

/** Exports a history, as text, and imports it again. */
function there(history: History): History {
  return imported(JSON.stringify(har(history, ZERO_MS)));
}

function codesOf(history: History): readonly string[] {
  return judgeSockets(history, BUDGETS, 'exact').flatMap((verdict) => findingsOf(verdict).map(({ code }) => code));
}

test('a HAR that was exported here says what the history said', () => {
  const { history, socket } = fakeHistory();
  socket('c1').ready().runs('one').fiveEvents('one').closed(1000, '', 'us');
  const read = there(history);
  const kinds = (of: History): readonly string[] =>
    of.filter(({ kind }) => kind !== 'quiet').map(({ connection, kind }) => `${connection} ${kind}`);
  expect(kinds(read).filter((kind) => kind !== 'c1 handshake-answer')).toEqual(kinds(history));
  expect(codesOf(read)).toEqual([]);
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
  other.receives({ type: 'progress' });
  expect(codesOf(there(history))).toEqual(['not-awaited']);
  at(BUDGETS.welcomeDeadlineMs + 100);
  other.receives({ type: 'progress' });
  expect(codesOf(there(history))).toEqual(['welcome-missing']);
  expect(silent.name).toBe('c1');
});

test('a HAR that Playwright recorded of a real page is judged, and holds', () => {
  const verdicts = judgeSockets(imported(readFileSync(PAGE, 'utf8')), BUDGETS, 'exact');
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
  const page = readFileSync(PAGE, 'utf8');
  const inSeconds = page.replaceAll(/("time": \d{10})(\d{3})\.?/g, '$1.$2');
  expect(inSeconds).not.toBe(page);
  const times = (of: History): readonly number[] => of.map(({ atMs }) => Math.round(atMs));
  expect(times(imported(inSeconds))).toEqual(times(imported(page)));
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
  const read = there(history);
  expect(read[0]).toMatchObject({ user: 'user-of-the-token', offered: ['jwt-auth', 'jwt.[redacted:token]'] });
  expect(codesOf(read)).toEqual(['welcome-wrong-user']);
});
