import { expect, test } from '@playwright/test';
import { handshake } from '../../../src/checks/handshake.ts';
import { refusalOfConnection } from '../../../src/checks/refusal.ts';
import { connectionsOf } from '../../../src/history/connections.ts';
import type { FakeConnection } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

const unreachable = { kind: 'refused', because: 'socket hang up' } as const;

/** The request is entry 0. */
const REFUSALS: Readonly<Record<string, readonly [object, (c1: FakeConnection) => void]>> = {
  'an answer with a body': [
    {
      code: 'token-refused',
      because: 'the upgrade was answered with HTTP 401, body "Unauthorized"',
      found: 'the upgrade was answered with HTTP 401, body "Unauthorized"',
      entries: [1, 2],
      connection: 'c1',
    },
    (c1) => c1.refused(401, 'Unauthorized'),
  ],
  'an answer with an empty body': [
    { because: 'the upgrade was answered with HTTP 403, no body' },
    (c1) => c1.refused(403, ''),
  ],
  'an answer without a body': [
    { code: 'token-refused', because: 'the upgrade was answered with HTTP 403, no body' },
    (c1) => c1.fact({ kind: 'handshake-answer', status: 403, headers: {} }).fact(unreachable),
  ],
  'an answer with a long body': [
    { because: `the upgrade was answered with HTTP 500, body "${'x'.repeat(120)}"` },
    (c1) => c1.refused(500, 'x'.repeat(121)),
  ],
  'no answer': [
    { code: 'unreachable', because: 'the connection could not be made: socket hang up', entries: [1] },
    (c1) => c1.fact(unreachable),
  ],
  'a broken switch of protocols': [
    { code: 'unreachable', because: 'the connection could not be made: socket hang up', entries: [1, 2] },
    (c1) => c1.fact({ kind: 'handshake-answer', status: 101, headers: {} }).fact(unreachable),
  ],
};

for (const [name, [finding, tell]] of Object.entries(REFUSALS)) {
  test(`handshake: ${name} is told with its entries`, () => {
    const { history, socket } = fakeHistory();
    tell(socket('c1').asks());
    expect(handshake()(history)).toMatchObject({ holds: false, findings: [finding] });
  });
}

test('handshake: an upgrade that is still unanswered is told with its request', () => {
  const { history, socket } = fakeHistory();
  socket('c1').asks();
  expect(handshake()(history)).toMatchObject({ findings: [{ code: 'not-awaited', entries: [0] }] });
});

const STATUSES: readonly (readonly [number, string, string])[] = [
  [300, '', 'upgrade-redirected'],
  [399, '', 'upgrade-redirected'],
  [400, '', 'upgrade-ignored'],
  [401, '<html><body>Sign in</body></html>', 'refused-by-proxy'],
  [403, ' \n<!DOCTYPE html>', 'refused-by-proxy'],
  [403, 'see <html>', 'token-refused'],
  [403, 'see<html>', 'token-refused'],
  [502, '', 'service-unavailable'],
  [504, '', 'service-unavailable'],
];

for (const [status, body, code] of STATUSES) {
  test(`handshake: HTTP ${status} with the body ${JSON.stringify(body)} is ${code}`, () => {
    const { history, socket } = fakeHistory();
    socket('c1').asks().refused(status, body);
    expect(handshake()(history)).toMatchObject({ findings: [{ code }] });
  });
}

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'dns-failed',
  EHOSTUNREACH: 'tcp-failed',
  ENETUNREACH: 'tcp-failed',
  ERR_TLS_CERT_ALTNAME_INVALID: 'tls-failed',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls-failed',
};

for (const [error, code] of Object.entries(SYSTEM_ERRORS)) {
  test(`handshake: ${error} is ${code}`, () => {
    const { history, socket } = fakeHistory();
    socket('c1')
      .asks()
      .fact({ ...unreachable, code: error });
    expect(handshake()(history)).toMatchObject({ findings: [{ code }] });
  });
}

test('handshake: a refusal is read from a history that begins after the request, too', () => {
  const { history, socket } = fakeHistory();
  socket('c1').refused(401);
  expect(connectionsOf(history).map((connection) => refusalOfConnection(connection, history)?.code)).toEqual([
    'token-refused',
  ]);
});
