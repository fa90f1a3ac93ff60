import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { TlsOptions } from 'node:tls';
import { expect, test } from '@playwright/test';
import { closing, handshake, welcome, wellFormed } from '../../../src/checks/index.ts';
import type { History } from '../../../src/history/entry.ts';
import { codesOf } from '../checks/judges-to.ts';
import { BUDGETS } from '../histories/budgets.ts';
import { bareClient } from './bare-client.ts';
import { ACCEPT, UPGRADE, onRequest, serving, switches } from './raw-server.ts';

/** A leaf certificate for loopback. The intermediate certificate that signed it is sent by nobody. */
const LEAF: TlsOptions = {
  cert: readFileSync(new URL('certificates/leaf.pem', import.meta.url)),
  key: readFileSync(new URL('certificates/leaf.key', import.meta.url)),
};
/** OpenSSL speaks versions below 1.2 at its lowest level of security alone. */
const OLD_TLS: TlsOptions = {
  ...LEAF,
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.1',
  ciphers: 'DEFAULT@SECLEVEL=0',
};

const writes = (text: string) => onRequest((socket) => void socket.end(text));

interface StageCase {
  readonly scheme: 'ws' | 'wss';
  readonly server: () => Server;
  readonly code: string;
  readonly because: RegExp;
  /** The last stage that was reached. */
  readonly reached: string;
}

const plain = (
  serve: (socket: Socket) => void,
  code: string,
  because: RegExp,
  scheme: 'ws' | 'wss' = 'ws',
): StageCase => ({ scheme, server: () => createServer(serve), code, because, reached: 'connected' });

const CASES: Readonly<Record<string, StageCase>> = {
  'a reset at the request': plain(
    onRequest((socket) => socket.resetAndDestroy()),
    'unreachable',
    /^the upgrade request was sent, and the connection ended without an answer: /,
  ),
  'a reset in the middle of an answer': plain(
    onRequest((socket) => socket.write('HTTP/1.1 101 Swit', () => socket.resetAndDestroy())),
    'unreachable',
    /the connection ended without an answer/,
  ),
  'a server that hears the request and says nothing': plain(
    () => undefined,
    'upgrade-unanswered',
    /^the upgrade request was sent, but not answered: nothing more came within 1000 ms$/,
  ),
  'a service that speaks another protocol': plain(
    writes('SSH-2.0-OpenSSH_9.6\r\n'),
    'answer-not-http',
    /it begins with "SSH-2\.0-OpenSSH_9\.6/,
  ),
  'an alert of TLS': plain(
    onRequest((socket) => socket.end(Buffer.of(0x15, 3, 3, 0, 2, 2, 80))),
    'answer-not-http',
    /begins with the bytes 15 03 03 00 02 02 50; the port speaks TLS: use wss:\/\/ and https:\/\/ for it$/,
  ),
  'a 101 with a wrong key': plain(
    switches([...UPGRADE, 'Sec-WebSocket-Accept: d3Jvbmc=']),
    'upgrade-malformed',
    /answered with HTTP 101, but its header Sec-WebSocket-Accept is "d3Jvbmc=", which does not answer our key$/,
  ),
  'a 101 without a key': plain(switches(UPGRADE), 'upgrade-malformed', /Sec-WebSocket-Accept is missing/),
  'a 101 without Upgrade': plain(
    switches(['Connection: Upgrade', ACCEPT]),
    'upgrade-malformed',
    /^the upgrade was answered with HTTP 101, but its header Upgrade is missing, not "websocket"$/,
  ),
  'a 101 to another protocol': plain(
    switches(['Upgrade: h2c', 'Connection: Upgrade', ACCEPT]),
    'upgrade-malformed',
    /its header Upgrade is "h2c", not "websocket"$/,
  ),
  'a 101 without Connection': plain(
    switches(['Upgrade: websocket', ACCEPT]),
    'upgrade-malformed',
    /its header Connection is missing, not "Upgrade"$/,
  ),
  'a 101 with a line that is no header': plain(
    switches([...UPGRADE, '\u0000\u0001garbage', ACCEPT]),
    'upgrade-malformed',
    /^the upgrade request was sent, and the answer breaks HTTP: /,
  ),
  'a 101 with 20 KB of headers': plain(
    switches([...UPGRADE, ACCEPT, `Set-Cookie: a=${'x'.repeat(20_000)}`]),
    'upgrade-malformed',
    /the answer breaks HTTP: .*Header overflow/,
  ),
  'wss on a plain HTTP port': plain(
    writes('HTTP/1.1 400 Bad Request\r\n\r\n'),
    'tls-failed',
    /the port speaks no TLS: use ws:\/\/ and http:\/\/ for it/,
    'wss',
  ),
  'a TLS hello without an answer': plain(
    () => undefined,
    'tls-failed',
    /^TCP connected, but TLS could not be established: nothing more came within 1000 ms$/,
    'wss',
  ),
  'a reset at the TLS hello': plain(
    onRequest((socket) => socket.resetAndDestroy()),
    'tls-failed',
    /^TCP connected, but TLS could not be established: /,
    'wss',
  ),
  'wss without the intermediate certificate': {
    scheme: 'wss',
    server: () => createTlsServer(LEAF),
    code: 'tls-failed',
    because: /the server does not send the intermediate certificate/,
    reached: 'connected',
  },
  'an old version of TLS': {
    scheme: 'wss',
    server: () => createTlsServer(OLD_TLS),
    code: 'tls-failed',
    because: /the server offers no version of TLS that is still allowed/,
    reached: 'connected',
  },
};

function lastStage(history: History): string | undefined {
  return history.flatMap((entry) => (entry.kind === 'reached' ? [entry.stage] : [])).at(-1);
}

for (const [what, { scheme, server, code, because, reached }] of Object.entries(CASES)) {
  test(`stages: ${what} is ${code}, after the stage that was reached`, async () => {
    await using target = await serving(server());
    const { history } = await bareClient(`${scheme}://${target.host}/ws`);
    const verdict = handshake()(history);
    expect(codesOf(verdict)).toBe(code);
    expect(verdict.because).toMatch(because);
    expect(lastStage(history)).toBe(reached);
  });
}

test('stages: a cut after TLS is a cut of the upgrade', async () => {
  const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
  try {
    const server = createTlsServer(LEAF, (socket) => void socket.once('data', () => socket.destroy()));
    await using target = await serving(server);
    const { history } = await bareClient(`wss://${target.host}/ws`);
    expect(codesOf(handshake()(history))).toBe('unreachable');
    expect(lastStage(history)).toBe('secured');
  } finally {
    if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
  }
});

test('stages: a name that does not resolve reaches no stage', async () => {
  const { history } = await bareClient('ws://nothing.invalid/ws');
  expect(codesOf(handshake()(history))).toBe('dns-failed');
  expect(lastStage(history)).toBeUndefined();
});

const RESERVED_OPCODE = Buffer.of(0x83, 0);
const NOT_UTF8 = Buffer.of(0x81, 2, 0xc3, 0x28);

for (const [what, frame] of Object.entries({
  'reserved opcode': RESERVED_OPCODE,
  'text that is not UTF-8': NOT_UTF8,
})) {
  test(`stages: a ${what} in one segment with the 101 is the cause, and the end its consequence`, async () => {
    await using target = await serving(createServer(switches([...UPGRADE, ACCEPT], frame)));
    const { client, history } = await bareClient(`ws://${target.host}/ws`);
    await client.welcomed();
    await client.close();
    expect(codesOf(wellFormed()(history))).toMatch(/^frame-/);
    expect([handshake(), welcome(BUDGETS), closing()].map((check) => codesOf(check(history)))).toEqual([
      'holds',
      'unknown: not-welcomed',
      'holds',
    ]);
  });
}
