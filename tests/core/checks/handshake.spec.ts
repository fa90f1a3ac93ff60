import { handshake } from '../../../src/checks/handshake.ts';
import type { FakeHistory } from '../histories/fake-history.ts';
import { judgesTo } from './judges-to.ts';

const refusedBy = (code: string) => (fake: FakeHistory) =>
  void fake.socket('c1').asks().fact({ kind: 'refused', because: 'broken', code });

judgesTo('handshake', handshake(), [
  { title: 'an accepted token', gives: 'holds', history: ({ socket }) => socket('c1').ready() },
  { title: 'a test that asks nothing', gives: 'unknown: not-asked', history: () => undefined },
  {
    title: 'a test that ended before the answer',
    gives: 'unknown: not-awaited',
    history: ({ socket }) => socket('c1').asks(),
  },
  { title: 'HTTP 401', gives: 'token-refused', history: ({ socket }) => socket('c1').asks().refused(401) },
  { title: 'HTTP 403', gives: 'token-refused', history: ({ socket }) => socket('c1').asks().refused(403, 'Forbidden') },
  {
    title: 'HTTP 403 with a web page',
    gives: 'refused-by-proxy',
    history: ({ socket }) => socket('c1').asks().refused(403, '<!DOCTYPE html>'),
  },
  {
    title: 'HTTP 403 while REST accepts the token',
    gives: 'upgrade-forbidden',
    history: ({ socket, probe }) => {
      socket('c1').asks().refused(403);
      probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 200 });
    },
  },
  { title: 'HTTP 404', gives: 'route-missing', history: ({ socket }) => socket('c1').asks().refused(404) },
  { title: 'HTTP 302', gives: 'upgrade-redirected', history: ({ socket }) => socket('c1').asks().refused(302) },
  { title: 'HTTP 200', gives: 'upgrade-ignored', history: ({ socket }) => socket('c1').asks().refused(200) },
  { title: 'HTTP 429', gives: 'limit-reached', history: ({ socket }) => socket('c1').asks().refused(429) },
  { title: 'HTTP 500', gives: 'upgrade-crashed', history: ({ socket }) => socket('c1').asks().refused(500) },
  { title: 'HTTP 503', gives: 'service-unavailable', history: ({ socket }) => socket('c1').asks().refused(503) },
  { title: 'an unknown host', gives: 'dns-failed', history: refusedBy('ENOTFOUND') },
  { title: 'a closed port', gives: 'tcp-failed', history: refusedBy('ECONNREFUSED') },
  { title: 'a wrong certificate', gives: 'tls-failed', history: refusedBy('CERT_HAS_EXPIRED') },
  { title: 'a reset', gives: 'unreachable', history: refusedBy('ECONNRESET') },
  { title: 'no subprotocol selected', gives: 'subprotocol-invalid', history: refusedBy('invalid-subprotocol') },
  { title: 'no token to be had', gives: 'token-unavailable', history: refusedBy('token-unavailable') },
  {
    title: 'close 1008 after the upgrade',
    gives: 'token-refused',
    history: ({ socket }) => socket('c1').asks().opens().closed(1008, 'Auth failed'),
  },
  {
    title: 'close 1011 with an authentication reason',
    gives: 'token-refused',
    history: ({ socket }) => socket('c1').asks().opens().closed(1011, 'SSOT Auth failed'),
  },
  {
    title: 'close 1008 for a limit',
    gives: 'limit-reached',
    history: ({ socket }) => socket('c1').asks().opens().closed(1008, 'Too many concurrent connections (5/5)'),
  },
  {
    title: 'close 1013',
    gives: 'service-unavailable',
    history: ({ socket }) => socket('c1').asks().opens().closed(1013),
  },
  {
    title: 'a refused bad token, which another check judges',
    gives: 'unknown: not-asked',
    history: ({ socket }) => socket('c1').asks('expired').refused(401),
  },
]);
