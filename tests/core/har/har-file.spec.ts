import { expect, test } from '@playwright/test';
import { findingsOf } from '../../../src/checks/verdict.ts';
import { HAR_SOCKETS } from '../../../src/har/har-file.ts';
import { importHar, judgeSockets } from '../../../src/har/import-har.ts';
import type { History } from '../../../src/history/entry.ts';
import { BUDGETS } from '../histories/budgets.ts';

const START = '2026-01-02T03:04:05.000Z';
const AT_SECONDS = Date.parse(START) / 1000;

function frame(type: string, atMs: number, message: object): object {
  return {
    type,
    time: AT_SECONDS + atMs / 1000,
    opcode: 1,
    data: JSON.stringify({ ...message, timestamp: AT_SECONDS + atMs / 1000 }),
  };
}

const WELCOME = { type: 'connection_established', data: { user_id: 'user-1', connection_id: 'c' } };
const CONVERSATION: readonly object[] = [
  frame('receive', 40, WELCOME),
  frame('send', 100, { type: 'user_message', content: 'How much?', thread_id: 't' }),
  ...['agent_started', 'agent_thinking', 'tool_executing', 'tool_completed', 'agent_completed'].map((type, position) =>
    frame('receive', 200 + position, {
      type,
      user_id: 'user-1',
      thread_id: 't',
      agent_name: 'a',
      tool_name: 'cost',
      final_response: 'So much.',
    }),
  ),
];
const HALF = CONVERSATION.slice(0, 4);
const ERROR = { type: 'error', time: AT_SECONDS + 0.3, opcode: -1, data: 'net::ERR_CONNECTION_RESET' };

interface Written {
  readonly entry?: object;
  readonly request?: object;
  readonly response?: object;
  readonly frames?: readonly object[];
}

/** A HAR with one socket, and what is special about it. */
function harWith({ entry = {}, request = {}, response = {}, frames }: Written): object {
  return {
    startedDateTime: START,
    time: 20,
    request: { method: 'GET', url: 'wss://api.example/ws', headers: [], ...request },
    response: { status: 101, httpVersion: 'http/1.1', headers: [], ...response },
    ...(frames !== undefined && { _webSocketMessages: frames }),
    ...entry,
  };
}

function read(...entries: readonly unknown[]): History {
  return importHar(HAR_SOCKETS.parse({ log: { entries } }), (text) => text, BUDGETS);
}

function codesOf(history: History): readonly string[] {
  return judgeSockets(history, BUDGETS, 'exact').flatMap((verdict) => findingsOf(verdict).map(({ code }) => code));
}

const HEALTHY: Readonly<Record<string, Written>> = {
  'an upgrade that was answered with 101': {},
  'a CONNECT over HTTP/2 that was answered with 200': { request: { method: 'CONNECT' }, response: { status: 200 } },
  'a status of 0': { response: { status: 0 } },
  'a status of -1': { response: { status: -1 } },
  'frames that are written out of order': { frames: CONVERSATION.toReversed() },
  'a close of the page at the end': {
    entry: { _webSocketClose: { code: 1000, reason: '', timestamp: AT_SECONDS + 1 } },
  },
  'a date with another zone': { entry: { startedDateTime: '2026-01-02T04:04:05+01:00' } },
};

for (const [what, written] of Object.entries(HEALTHY)) {
  test(`a socket of a HAR with ${what} holds`, () => {
    expect(codesOf(read(harWith({ frames: CONVERSATION, ...written })))).toEqual([]);
  });
}

const CUT = ['run-cut-short', 'closed-uncleanly'];
const ENDED: Readonly<Record<string, readonly [Written, readonly string[]]>> = {
  'an error frame, as Chrome writes it': [{ frames: [...HALF, ERROR] }, CUT],
  'the text of a failure, as Playwright writes it': [{ frames: HALF, response: { _failureText: 'reset' } }, CUT],
  'an aborted close': [{ frames: HALF, entry: { _webSocketClose: 'aborted' } }, CUT],
  'a close with 1011': [
    { frames: HALF, entry: { _webSocketClose: { code: 1011, reason: 'gone', timestamp: AT_SECONDS + 1 } } },
    ['run-cut-short', 'closed-by-server'],
  ],
};

for (const [what, [written, codes]] of Object.entries(ENDED)) {
  test(`a socket of a HAR ends in the middle of a run with ${what}`, () => {
    expect(codesOf(read(harWith(written)))).toEqual(codes);
  });
}

test('a handshake that failed in Chrome is refused, not opened and broken', () => {
  const data = 'Error during WebSocket handshake: Unexpected response code: 403';
  const history = read(harWith({ response: { status: 403 }, frames: [{ ...ERROR, data }] }));
  expect(history.map(({ kind }) => kind)).toEqual(['handshake-request', 'handshake-answer', 'refused']);
});

test('a base64 body of a HAR is decoded before it is judged', () => {
  const text = Buffer.from('<!doctype html><title>403 Forbidden</title>').toString('base64');
  const content = { mimeType: 'text/html', encoding: 'base64', text };
  expect(codesOf(read(harWith({ response: { status: 403, content } })))).toEqual(['refused-by-proxy']);
});

test('entries of a HAR that are no sockets may hold anything', () => {
  const others = [null, 7, {}, { startedDateTime: 'x', request: null, response: { content: { text: null } } }];
  expect(codesOf(read(...others, harWith({ frames: CONVERSATION })))).toEqual([]);
});

const REFUSED: Readonly<Record<string, readonly [Written, string]>> = {
  'without frames': [{}, 'no frames recorded, so there is nothing to judge'],
  'with a date of another order': [{ entry: { startedDateTime: '02/01/2026 03:04' } }, 'expected a date with a zone'],
  'with a date without a zone': [{ entry: { startedDateTime: '2026-01-02T03:04:05' } }, 'expected a date with a zone'],
  'with an unknown type of frame': [
    { frames: [{ type: 'request', time: AT_SECONDS, opcode: 1, data: '{}' }] },
    'expected one of send, receive, error, found \\"request\\"',
  ],
  'with an unknown opcode': [
    { frames: [{ type: 'send', time: AT_SECONDS, opcode: 3, data: '{}' }] },
    'expected an opcode of RFC 6455 §5.2 (1, 2, 8, 9, 10), found 3',
  ],
  'whose frames have no time': [
    { frames: [{ type: 'send', time: -1, opcode: 1, data: '{}' }] },
    'expected seconds or milliseconds since 1970',
  ],
  'with a close that cannot be read': [
    { frames: CONVERSATION, entry: { _webSocketClose: 'gone' } },
    'expected a close code with its reason, or \\"aborted\\", found \\"gone\\"',
  ],
};

for (const [what, [written, message]] of Object.entries(REFUSED)) {
  test(`a socket of a HAR ${what} cannot be judged`, () => {
    expect(() => read(harWith(written))).toThrow(message);
  });
}
