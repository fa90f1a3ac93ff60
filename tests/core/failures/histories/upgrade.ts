import { endpoint } from '../../../../src/checks/index.ts';
import type { SignatureId } from '../../../../src/failures/signatures/index.ts';
import { AFTERWARDS } from '../../../../src/history/probe-names.ts';
import type { MakeHistory } from '../diagnosed-history.ts';
import { asksBy, closesEarly, failsAtStage, failsByError, failsWith } from '../diagnosed-history.ts';

const HEALTHY = { name: AFTERWARDS.health, target: 'GET /health', status: 200, body: '{"status":"healthy"}' };
const STARTING = { ...HEALTHY, status: 503, body: '{"status":"unhealthy","message":"Startup in progress"}' };
const CONNECTED = { kind: 'reached', stage: 'connected', found: '127.0.0.1:80' } as const;
const RETRY = { target: 'upgrade' };

/** Histories that never become a connection, by their signature. */
export const NOT_CONNECTED: Partial<Readonly<Record<SignatureId, MakeHistory>>> = {
  'FM-01': (fake) => failsAtStage(fake, 'dns', 'getaddrinfo ENOTFOUND staging'),
  'FM-02': (fake) => failsWith(fake, 'ECONNREFUSED', 'connect ECONNREFUSED'),
  'FM-03': (fake) => failsAtStage(fake, 'tls', 'certificate has expired (CERT_HAS_EXPIRED)'),
  'clock-skewed': (fake) => failsAtStage(fake, 'clock', 'the service is 900 s ahead'),
  'upgrade-cut': (fake) => failsWith(fake, 'ECONNRESET', 'socket hang up'),
  'FM-04': (fake) => {
    const silent = { kind: 'refused', code: 'ETIMEDOUT', because: 'nothing more came within 1000 ms' } as const;
    fake.socket('c1').asks().fact(CONNECTED).deadline('handshake').fact(silent);
  },
  'plain-on-tls-port': (fake) => {
    fake.socket('c1').asks().fact(CONNECTED).fact({ kind: 'refused', code: 'ECONNRESET', because: 'socket hang up' });
    fake.probe({ name: AFTERWARDS.tls, target: '127.0.0.1:443', error: 'self-signed certificate' });
  },
  'upgrade-late': (fake) => {
    fake.probe(HEALTHY);
    const c1 = fake.socket('c1').asks();
    fake.at(1000);
    c1.opens().welcomed();
  },
  'answer-not-http': (fake) => {
    const because = 'Parse Error: Expected HTTP/; it begins with "SSH-2.0-OpenSSH"';
    fake.socket('c1').asks().fact(CONNECTED).fact({ kind: 'refused', code: 'HPE_INVALID_CONSTANT', because });
  },
  'upgrade-malformed': (fake) => {
    const headers = { upgrade: 'websocket', connection: 'Upgrade', 'sec-websocket-accept': 'd3Jvbmc=' };
    fake
      .socket('c1')
      .asks()
      .fact(CONNECTED)
      .fact({ kind: 'handshake-answer', status: 101, headers })
      .fact({ kind: 'refused', because: 'Invalid Sec-WebSocket-Accept header' });
  },
  'FM-05': (fake) => void fake.socket('c1').asks().refused(403, '<!doctype html><title>Forbidden</title>'),
  'FM-06': (fake) => {
    fake.socket('c1').asks().refused(403, 'Forbidden');
    fake.probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 401 });
  },
  'FM-07': (fake) => {
    fake.socket('c1').asks().refused(403, 'Forbidden');
    fake.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200 });
    fake.probe({ ...RETRY, name: AFTERWARDS.withoutE2eHeaders, status: 403 });
  },
  'refused-403': (fake) => void fake.socket('c1').asks().refused(403, 'Forbidden'),
  'FM-08': (fake) => void fake.socket('c1').asks().refused(401, ''),
  'wrong-path': (fake) => {
    fake.socket('c1').asks().refused(404);
    fake.probe({ ...RETRY, name: AFTERWARDS.usualPath, status: 101 });
  },
  'FM-09': (fake) => void fake.socket('c1').asks().refused(404),
  'FM-10': (fake) => void fake.socket('c1').asks().refused(500, 'Internal Server Error'),
  'FM-11': (fake) => {
    fake.socket('c1').asks().refused(500);
    fake.probe(STARTING);
  },
  'FM-12': (fake) => void fake.socket('c1').asks().refused(503, '{"error":"service_not_ready"}'),
  'FM-13': (fake) => void fake.socket('c1').asks().refused(503, 'upstream connect error'),
  'health-hidden': (fake) => {
    fake.probe({
      name: 'health',
      target: 'GET /health',
      status: 429,
      headers: { 'retry-after': '30' },
      error: 'HTTP 429',
    });
    fake.socket('c1').ready();
    return [endpoint('health')];
  },
  'served-and-refused': (fake) => {
    fake.socket('c1').ready();
    fake.socket('c2').asks().refused(503);
  },
  'FM-14': (fake) => {
    fake.socket('c1').asks().refused(500);
    fake.socket('c2').asks().refused(503);
  },
  'FM-15': (fake) => void fake.socket('c1').asks().refused(502),
  'FM-16': (fake) => {
    const headers = { 'sec-websocket-protocol': 'jwt.[redacted:token]' };
    const request = { url: 'ws://127.0.0.1/ws', headers, offered: [], user: 'anna', credential: 'valid' };
    const refused = { code: 'invalid-subprotocol', because: 'Server sent a subprotocol but none was requested' };
    fake
      .socket('c1')
      .fact({ kind: 'handshake-request', ...request })
      .fact({ kind: 'refused', ...refused });
  },
  'FM-17': (fake) => failsWith(fake, 'invalid-subprotocol', 'Server sent no subprotocol'),
  'subprotocol-not-offered': (fake) => failsWith(fake, 'invalid-subprotocol', 'Server sent an invalid subprotocol'),
  'FM-18': (fake) => {
    asksBy(fake.socket('c1'), { carrier: 'subprotocol' }).refused(403, 'Forbidden');
    fake.probe({ ...RETRY, name: AFTERWARDS.byHeader, status: 101 });
  },
  'FM-19': (fake) => {
    asksBy(fake.socket('c1'), { carrier: 'header' }).refused(401);
    fake.probe({ ...RETRY, name: AFTERWARDS.bySubprotocol, status: 101 });
  },
  'FM-20': (fake) => failsAtStage(fake, 'token', 'expected 200, got 401: Invalid E2E bypass key'),
  'FM-21': (fake) => failsAtStage(fake, 'token', 'expected 200, got 503: the auth service failed'),
  'FM-82': (fake) => failsAtStage(fake, 'token', 'ACCESS_TOKEN holds no token for one more user'),
  'FM-28': (fake) => failsByError(fake, 'VALIDATION_FAILED', 'Token validation failed', 1008, 'SSOT Auth failed'),
  'FM-70': (fake) => closesEarly(fake, 1008, 'Too many concurrent connections (5/5)'),
  'FM-71': (fake) => closesEarly(fake, 1013, 'Service temporarily unavailable - retry in 30 seconds'),
  'FM-72': (fake) => {
    fake.socket('c1').asks().opens().closed(1003, 'No supported subprotocols');
    fake.probe(HEALTHY);
  },
  'FM-77': (fake) => {
    asksBy(fake.socket('c1'), { marked: true }).refused(403, 'Forbidden');
    fake.probe({ ...RETRY, name: AFTERWARDS.withoutE2eHeaders, status: 101 });
  },
  'FM-80': (fake) => void fake.socket('c1').asks().refused(302),
};
