import type { SignatureId } from '../../../src/failures/signatures/index.ts';
import { AFTERWARDS } from '../../../src/history/probe-names.ts';
import type { Story } from './story.ts';
import { asksBy, closesEarly, failsAtStage, failsByError, failsWith } from './story.ts';

const HEALTHY = { name: AFTERWARDS.health, target: 'GET /health', status: 200, body: '{"status":"healthy"}' };
const STARTING = { ...HEALTHY, status: 503, body: '{"status":"unhealthy","message":"Startup in progress"}' };
const RETRY = { target: 'upgrade' };

/** Histories that never become a connection, by their signature. */
export const CONNECTING: Partial<Readonly<Record<SignatureId, Story>>> = {
  'FM-01': (told) => failsAtStage(told, 'dns', 'getaddrinfo ENOTFOUND staging'),
  'FM-02': (told) => failsWith(told, 'ECONNREFUSED', 'connect ECONNREFUSED'),
  'FM-03': (told) => failsAtStage(told, 'tls', 'certificate has expired (CERT_HAS_EXPIRED)'),
  'clock-skewed': (told) => failsAtStage(told, 'clock', 'the service is 900 s ahead'),
  'upgrade-cut': (told) => failsWith(told, 'ECONNRESET', 'socket hang up'),
  'FM-04': (told) => failsWith(told, 'ETIMEDOUT', 'no answer to the upgrade request within 1000 ms'),
  'FM-05': (told) => void told.socket('c1').asks().refused(403, '<!doctype html><title>Forbidden</title>'),
  'FM-06': (told) => {
    told.socket('c1').asks().refused(403, 'Forbidden');
    told.probe({ name: 'rest-with-token', target: 'GET /api/threads', status: 401 });
  },
  'FM-07': (told) => {
    told.socket('c1').asks().refused(403, 'Forbidden');
    told.probe({ name: AFTERWARDS.rest, target: 'GET /api/threads', status: 200 });
    told.probe({ ...RETRY, name: AFTERWARDS.withoutE2eHeaders, status: 403 });
  },
  'refused-403': (told) => void told.socket('c1').asks().refused(403, 'Forbidden'),
  'FM-08': (told) => void told.socket('c1').asks().refused(401, ''),
  'FM-09': (told) => void told.socket('c1').asks().refused(404),
  'FM-10': (told) => void told.socket('c1').asks().refused(500, 'Internal Server Error'),
  'FM-11': (told) => {
    told.socket('c1').asks().refused(500);
    told.probe(STARTING);
  },
  'FM-12': (told) => void told.socket('c1').asks().refused(503, '{"error":"service_not_ready"}'),
  'FM-13': (told) => void told.socket('c1').asks().refused(503, 'upstream connect error'),
  'FM-14': (told) => {
    told.socket('c1').asks().refused(500);
    told.socket('c2').asks().refused(503);
  },
  'FM-15': (told) => void told.socket('c1').asks().refused(502),
  'FM-16': (told) => {
    const headers = { 'sec-websocket-protocol': 'jwt.[redacted:token]' };
    const request = { url: 'ws://127.0.0.1/ws', headers, offered: [], user: 'anna', credential: 'valid' };
    const refused = { code: 'invalid-subprotocol', because: 'Server sent a subprotocol but none was requested' };
    told
      .socket('c1')
      .fact({ kind: 'handshake-request', ...request })
      .fact({ kind: 'refused', ...refused });
  },
  'FM-17': (told) => failsWith(told, 'invalid-subprotocol', 'Server sent no subprotocol'),
  'subprotocol-not-offered': (told) => failsWith(told, 'invalid-subprotocol', 'Server sent an invalid subprotocol'),
  'FM-18': (told) => {
    asksBy(told.socket('c1'), { carrier: 'subprotocol' }).refused(403, 'Forbidden');
    told.probe({ ...RETRY, name: AFTERWARDS.byHeader, status: 101 });
  },
  'FM-19': (told) => {
    asksBy(told.socket('c1'), { carrier: 'header' }).refused(401);
    told.probe({ ...RETRY, name: AFTERWARDS.bySubprotocol, status: 101 });
  },
  'FM-20': (told) => failsAtStage(told, 'token', 'expected 200, got 401: Invalid E2E bypass key'),
  'FM-21': (told) => failsAtStage(told, 'token', 'expected 200, got 503: the auth service failed'),
  'FM-82': (told) => failsAtStage(told, 'token', 'ACCESS_TOKEN holds no token for one more user'),
  'FM-28': (told) => failsByError(told, 'VALIDATION_FAILED', 'Token validation failed', 1008, 'SSOT Auth failed'),
  'FM-70': (told) => closesEarly(told, 1008, 'Too many concurrent connections (5/5)'),
  'FM-71': (told) => closesEarly(told, 1013, 'Service temporarily unavailable - retry in 30 seconds'),
  'FM-72': (told) => {
    told.socket('c1').asks().opens().closed(1003, 'No supported subprotocols');
    told.probe(HEALTHY);
  },
  'FM-77': (told) => {
    asksBy(told.socket('c1'), { marked: true }).refused(403, 'Forbidden');
    told.probe({ ...RETRY, name: AFTERWARDS.withoutE2eHeaders, status: 101 });
  },
  'FM-80': (told) => void told.socket('c1').asks().refused(302),
};
