import { expect, test } from '@playwright/test';
import { agentRun } from '../../../src/checks/index.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import { har } from '../../../src/report/har.ts';
import { framesCsv } from '../../../src/report/frames-csv.ts';
import { importHar } from '../../../src/har/import-har.ts';
import { HAR } from '../../../src/har/read-sockets.ts';
import { handshakeExchange } from '../../../src/report/http-exchange.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ZERO_MS = Date.parse('2026-01-02T03:04:05.000Z');

test('writes every entry into the table of frames, with its findings', () => {
  const { history, socket } = fakeHistory();
  socket('c1')
    .ready()
    .runs('a')
    .event('a', 'agent_started', { note: 'a "quoted", line' })
    .event('a', 'agent_completed')
    .quiet();
  const lines = framesCsv(history, [agentRun({ budgets: BUDGETS, order: 'grammar' })(history)]).split('\r\n');
  expect(lines).toHaveLength(history.length + 2);
  expect(lines[0]).toBe('number,ms,since previous ms,connection,way,what,bytes,findings,payload');
  expect(lines[5]).toContain(String.raw`""note"":""a \""quoted\"", line""`);
  expect(lines[6]).toMatch(/^5,50\.0,10\.0,c1,←,agent_completed,\d+,event-missing,/);
});

test('writes a HAR with the frames of a connection in the units of Chrome DevTools', () => {
  const { history, socket } = fakeHistory();
  socket('c1')
    .ready()
    .fact({ kind: 'control', direction: 'sent', opcode: 'ping', payload: 'p' })
    .fact({ kind: 'unreadable', direction: 'received', why: 'binary', excerpt: '00ff10', bytes: 3 })
    .closed(1011, 'gone');
  const [entry] = har(history, ZERO_MS).log.entries;
  expect(entry).toMatchObject({ startedDateTime: '2026-01-02T03:04:05.010Z', _resourceType: 'websocket', time: 50 });
  const messages = HAR.parse(har(history, ZERO_MS)).log.entries[0]?._webSocketMessages ?? [];
  expect(messages.map(({ type, opcode }) => `${type} ${opcode}`)).toEqual([
    'receive 1',
    'send 9',
    'receive 2',
    'receive 8',
  ]);
  expect(messages[0]?.time).toBeCloseTo(ZERO_MS / 1000 + 0.03, 6);
  expect(messages.slice(1).map(({ data }) => data)).toEqual(['p', 'AP8Q', '1011 gone']);
});

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

for (const [excerpt, base64] of [
  ['', ''],
  ['66', 'Zg=='],
  ['666f6f62', 'Zm9vYg=='],
  ['fbffbf', '+/+/'],
] as const) {
  test(`writes the binary message "${excerpt}" into a HAR as base64, and reads it again`, () => {
    const { history, socket } = fakeHistory();
    const binary = { kind: 'unreadable', direction: 'received', why: 'binary', excerpt } as const;
    socket('c1')
      .ready()
      .fact({ ...binary, bytes: excerpt.length / 2 });
    const written = HAR.parse(har(history, ZERO_MS));
    expect(written.log.entries[0]?._webSocketMessages?.at(-1)?.data).toBe(base64);
    expect(importHar(written, (text) => text, BUDGETS)).toContainEqual(expect.objectContaining(binary));
  });
}
