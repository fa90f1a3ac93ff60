import { expect, test } from '@playwright/test';
import { har } from '../../../src/report/har.ts';
import { importHar } from '../../../src/har/import-har.ts';
import { HAR_SOCKETS } from '../../../src/har/har-file.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const ZERO_MS = Date.parse('2026-01-02T03:04:05.000Z');

test('writes a HAR with the frames of a connection in the units of Chrome DevTools', () => {
  const { history, socket } = fakeHistory();
  socket('c1')
    .ready()
    .fact({ kind: 'control', direction: 'sent', opcode: 'ping', payload: 'p' })
    .fact({ kind: 'unreadable', direction: 'received', why: 'binary', excerpt: '00ff10', bytes: 3 })
    .closed(1011, 'gone');
  const [entry] = har(history, ZERO_MS).log.entries;
  expect(entry).toMatchObject({ startedDateTime: '2026-01-02T03:04:05.010Z', _resourceType: 'websocket', time: 50 });
  const messages = HAR_SOCKETS.parse(har(history, ZERO_MS))[0]?._webSocketMessages ?? [];
  expect(messages.map(({ type, opcode }) => `${type} ${opcode}`)).toEqual([
    'receive 1',
    'send 9',
    'receive 2',
    'receive 8',
  ]);
  expect(messages[0]?.atMs).toBeCloseTo(ZERO_MS + 30, 3);
  expect(messages.slice(1).map(({ data }) => data)).toEqual(['p', 'AP8Q', '1011 gone']);
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
    const written = HAR_SOCKETS.parse(har(history, ZERO_MS));
    expect(written[0]?._webSocketMessages?.at(-1)?.data).toBe(base64);
    expect(importHar(written, (text) => text, BUDGETS)).toContainEqual(expect.objectContaining(binary));
  });
}
