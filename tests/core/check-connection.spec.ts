import { expect, test } from '@playwright/test';
import { closing } from '../../src/checks/closing.ts';
import { handshake } from '../../src/checks/handshake.ts';
import { refuses } from '../../src/checks/refuses.ts';
import { welcome } from '../../src/checks/welcome.ts';
import { BUDGETS, codesOf } from './codes.ts';
import type { Tale } from './histories.ts';
import { tale } from './histories.ts';

type Told = (told: Tale) => void;

const error = { type: 'error_message', error_code: 'VALIDATION_FAILED', error_message: 'no' };
const refusedBy = (code: string) => (told: Tale) =>
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
    const told = tale();
    tell(told);
    expect(codesOf(handshake()(told.history))).toBe(expected);
  });
}

const REFUSALS: Readonly<Record<string, readonly [string, Told]>> = {
  'HTTP 401': ['holds', ({ socket }) => socket('c1').asks('expired').refused(401)],
  'an error and close 1008': ['holds', ({ socket }) => socket('c1').asks('expired').opens().hears(error).closed(1008)],
  'close 4001': ['holds', ({ socket }) => socket('c1').asks('expired').opens().closed(4001)],
  'a welcome': ['bad-token-accepted', ({ socket }) => socket('c1').asks('expired').opens().welcomed()],
  'a welcome as the demo user': [
    'unknown: auth-bypass-active',
    ({ socket }) => socket('c1').asks('expired').opens().welcomed('demo-user-001'),
  ],
  'close 1011 without a reason': [
    'refused-unclearly',
    ({ socket }) => socket('c1').asks('expired').opens().closed(1011),
  ],
  silence: ['bad-token-undecided', ({ socket }) => socket('c1').asks('expired').opens().deadline('welcome or refusal')],
  'a closed port': [
    'unknown: not-connected',
    ({ socket }) => socket('c1').asks('expired').fact({ kind: 'refused', because: 'x', code: 'ECONNREFUSED' }),
  ],
  'a server error': ['unknown: not-connected', ({ socket }) => socket('c1').asks('expired').refused(500)],
  'no bad credential at all': ['unknown: not-asked', ({ socket }) => socket('c1').ready()],
};

for (const [name, [expected, tell]] of Object.entries(REFUSALS)) {
  test(`refusal: a bad credential that gets ${name} is ${expected}`, () => {
    const told = tale();
    tell(told);
    expect(codesOf(refuses()(told.history))).toBe(expected);
  });
}

const WELCOMES: Readonly<Record<string, readonly [string, Told]>> = {
  'one welcome': ['holds', ({ socket }) => socket('c1').ready()],
  'a welcome that cuts the name': [
    'holds',
    ({ socket }) => socket('c1', 'abcdefgh-user').asks().opens().welcomed('abcdefgh...'),
  ],
  'notices before it': [
    'holds',
    ({ socket }) =>
      socket('c1').asks().opens().hears({ type: 'ping' }).hears({ type: 'handshake_validation' }).welcomed(),
  ],
  'a refused upgrade': ['unknown: not-connected', ({ socket }) => socket('c1').asks().refused(403)],
  'nobody waiting': ['unknown: not-awaited', ({ socket }) => socket('c1').asks().opens()],
  'silence to the deadline': ['welcome-missing', ({ socket }) => socket('c1').asks().opens().deadline('welcome')],
  'close 1011 before it': [
    'closed-before-welcome',
    ({ socket }) => socket('c1').asks().opens().closed(1011, 'Internal error'),
  ],
  'close 1000 before it': [
    'closed-before-welcome',
    ({ socket }) => socket('c1').asks().opens().closed(1000, 'main cleanup'),
  ],
  'an error in its place': [
    'welcome-replaced-by-error',
    ({ socket }) => socket('c1').asks().opens().hears({ type: 'error', message: 'x' }).closed(1011),
  ],
  'two of them': ['welcome-duplicated', ({ socket }) => socket('c1').ready().welcomed()],
  'another user': ['welcome-wrong-user', ({ socket }) => socket('c1').asks().opens().welcomed('somebody-else')],
  'another mode': [
    'welcome-wrong-mode',
    ({ socket }) =>
      socket('c1')
        .asks()
        .opens()
        .hears({ type: 'connect', data: { mode: 'legacy' } }),
  ],
  'an event of its run first': [
    'welcome-out-of-order',
    ({ socket }) => socket('c1').asks().opens().runs('one').event('one', 'agent_started').welcomed(),
  ],
  'a late one': [
    'welcome-late',
    ({ socket, at }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      c1.welcomed();
    },
  ],
  'a late one while we lagged ourselves': [
    'unknown: harness-lag',
    ({ socket, at, lag }) => {
      const c1 = socket('c1').asks().opens();
      at(1000);
      lag(900);
      c1.welcomed();
    },
  ],
};

for (const [name, [expected, tell]] of Object.entries(WELCOMES)) {
  test(`welcome: ${name} is ${expected}`, () => {
    const told = tale();
    tell(told);
    expect(codesOf(welcome(BUDGETS)(told.history))).toBe(expected);
  });
}

const CLOSINGS: Readonly<Record<string, readonly [string, Told]>> = {
  'our close, answered': ['holds', ({ socket }) => socket('c1').ready().closed(1000, '', 'us')],
  'an open connection': ['holds', ({ socket }) => socket('c1').ready()],
  'a refused bad token': [
    'unknown: not-asked',
    ({ socket }) => socket('c1').asks('expired').opens().hears(error).closed(1008),
  ],
  'a refused good token, judged by the handshake': [
    'unknown: not-asked',
    ({ socket }) => socket('c1').asks().opens().closed(1008),
  ],
  'a server close with 1011': ['closed-by-server', ({ socket }) => socket('c1').ready().closed(1011)],
  'a server close with 1000': ['closed-by-server', ({ socket }) => socket('c1').ready().closed(1000, 'main cleanup')],
  'no close frame': ['closed-uncleanly', ({ socket }) => socket('c1').ready().closed(1006)],
  'an unanswered close': [
    'close-unanswered',
    ({ socket }) => socket('c1').ready().deadline('close').closed(1006, '', 'us'),
  ],
  'another code in answer': ['close-misanswered', ({ socket }) => socket('c1').ready().closed(1011, '', 'us')],
};

for (const [name, [expected, tell]] of Object.entries(CLOSINGS)) {
  test(`closing: ${name} is ${expected}`, () => {
    const told = tale();
    tell(told);
    expect(codesOf(closing()(told.history))).toBe(expected);
  });
}
