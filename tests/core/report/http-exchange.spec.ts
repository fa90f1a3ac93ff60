import { expect, test } from '@playwright/test';
import { connectionsOf } from '../../../src/history/connections.ts';
import { handshakeExchange } from '../../../src/report/http-exchange.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ZERO_MS = Date.parse('2026-01-02T03:04:05.000Z');

test('writes an upgrade as the HTTP exchange that Allure draws', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks().refused(403, '{"detail":"no"}');
  const [connection] = connectionsOf(history);
  expect(connection === undefined ? undefined : handshakeExchange(connection, ZERO_MS)).toMatchObject({
    schemaVersion: 1,
    request: { method: 'GET', url: 'ws://127.0.0.1/ws' },
    response: { status: 403, body: { encoding: 'utf8', value: '{"detail":"no"}' } },
    error: { message: 'HTTP 403' },
    start: ZERO_MS + 10,
    stop: ZERO_MS + 20,
  });
});
