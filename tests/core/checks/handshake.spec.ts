import { expect, test } from '@playwright/test';
import { handshake } from '../../../src/checks/handshake.ts';
import { codesOf } from './codes.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { fakeHistory } from '../histories/fake-history.ts';

type Told = (told: FakeHistory) => void;

const refusedBy = (code: string) => (told: FakeHistory) =>
  void told.socket('c1').asks().fact({ kind: 'refused', because: 'broken', code });

const HANDSHAKES: Readonly<Record<string, readonly [string, Told]>> = {
  'an accepted token': ['holds', ({ socket }) => socket('c1').ready()],
  'nothing asked': ['unknown: not-asked', () => undefined],
  'a test that ended before the answer': ['unknown: not-awaited', ({ socket }) => socket('c1').asks()],
  'HTTP 401': ['token-refused', ({ socket }) => socket('c1').asks().refused(401)],
  'HTTP 403': ['token-refused', ({ socket }) => socket('c1').asks().refused(403, 'Forbidden')],
  'HTTP 403 with a web page': ['refused-by-proxy', ({ socket }) => socket('c1').asks().refused(403, '<!DOCTYPE html>')],
  'HTTP 403 while REST accepts the token': [
    'upgrade-forbidden',
    ({ socket, probe }) => {
      socket('c1').asks().refused(403);
      probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 200 });
    },
  ],
  'HTTP 404': ['route-missing', ({ socket }) => socket('c1').asks().refused(404)],
  'HTTP 302': ['upgrade-redirected', ({ socket }) => socket('c1').asks().refused(302)],
  'HTTP 200': ['upgrade-ignored', ({ socket }) => socket('c1').asks().refused(200)],
  'HTTP 429': ['limit-reached', ({ socket }) => socket('c1').asks().refused(429)],
  'HTTP 500': ['upgrade-crashed', ({ socket }) => socket('c1').asks().refused(500)],
  'HTTP 503': ['service-unavailable', ({ socket }) => socket('c1').asks().refused(503)],
  'an unknown host': ['dns-failed', refusedBy('ENOTFOUND')],
  'a closed port': ['tcp-failed', refusedBy('ECONNREFUSED')],
  'a wrong certificate': ['tls-failed', refusedBy('CERT_HAS_EXPIRED')],
  'a reset': ['unreachable', refusedBy('ECONNRESET')],
  'no answer': ['upgrade-unanswered', refusedBy('ETIMEDOUT')],
  'no subprotocol selected': ['subprotocol-invalid', refusedBy('invalid-subprotocol')],
  'no token to be had': ['token-unavailable', refusedBy('token-unavailable')],
  'close 1008 after the upgrade': [
    'token-refused',
    ({ socket }) => socket('c1').asks().opens().closed(1008, 'Auth failed'),
  ],
  'close 1011 with an authentication reason': [
    'token-refused',
    ({ socket }) => socket('c1').asks().opens().closed(1011, 'SSOT Auth failed'),
  ],
  'close 1008 for a limit': [
    'limit-reached',
    ({ socket }) => socket('c1').asks().opens().closed(1008, 'Too many concurrent connections (5/5)'),
  ],
  'close 1013': ['service-unavailable', ({ socket }) => socket('c1').asks().opens().closed(1013)],
  'a bad token refused, which is not judged here': [
    'unknown: not-asked',
    ({ socket }) => socket('c1').asks('expired').refused(401),
  ],
};

for (const [name, [expected, tell]] of Object.entries(HANDSHAKES)) {
  test(`handshake: ${name} is ${expected}`, () => {
    const told = fakeHistory();
    tell(told);
    expect(codesOf(handshake()(told.history))).toBe(expected);
  });
}
