import type { Headers } from '../../../history/entry.ts';
import type { Decision } from '../../behaviour/attempt.ts';
import { refuseWith } from '../../handshake/decisions.ts';
import type { Fault } from '../fault.ts';
import { finds } from './provocation.ts';

const SWITCHING = ['Upgrade: websocket', 'Connection: Upgrade'];
const SOME_KEY = 'Sec-WebSocket-Accept: d3Jvbmc=';

/** The header lines of a 101 that answers no request (RFC 6455 §4.1). */
const WRONG_ANSWERS: Readonly<Record<string, readonly string[]>> = {
  'with-a-wrong-key': [...SWITCHING, SOME_KEY],
  'without-a-key': SWITCHING,
  'without-upgrade': ['Connection: Upgrade', SOME_KEY],
  'to-another-protocol': ['Upgrade: h2c', 'Connection: Upgrade', SOME_KEY],
  'with-a-line-that-is-no-header': [...SWITCHING, '\u0000\u0001 nothing', SOME_KEY],
  'with-20-kb-of-headers': [...SWITCHING, SOME_KEY, `Set-Cookie: session=${'x'.repeat(20_000)}`],
};

/** How something in front of the service refuses: what it says, and who it is. */
interface Front {
  readonly name: string;
  readonly says: string;
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const TEXT = { 'content-type': 'text/plain' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** Answers of real proxies, gateways and firewalls. */
const FRONTS: readonly Front[] = [
  front('envoy', 'the access rules of Envoy do', 403, { ...TEXT, server: 'istio-envoy' }, 'RBAC: access denied'),
  front('envoy-without-a-word', 'the external authorisation of Envoy does', 403, { ...TEXT, server: 'envoy' }, ' '),
  front(
    'iap',
    'an identity-aware proxy does',
    401,
    { 'content-type': 'text/html', 'x-goog-iap-generated-response': 'true', server: 'Google Frontend' },
    'Invalid IAP credentials: empty token',
  ),
  front('cloudflare', 'a rule of Cloudflare does', 403, { ...TEXT, server: 'cloudflare' }, 'error code: 1020'),
  front(
    'api-gateway',
    'an API gateway does',
    403,
    { ...JSON_TYPE, server: '', 'x-amzn-errortype': 'ForbiddenException' },
    '{"message":"Forbidden"}',
  ),
  front('kong', 'Kong does', 401, { ...JSON_TYPE, server: 'kong/3.7.1' }, '{"message":"No API key found in request"}'),
  front(
    'xhtml-page',
    'a server with a page in XHTML does',
    403,
    { ...TEXT, server: '' },
    '<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml"><body>Forbidden</body></html>',
  ),
  front(
    'page-after-a-comment',
    'a server whose page begins with a comment does',
    403,
    { ...TEXT, server: '' },
    '<!-- a padding to disable friendly error pages -->\n<html><head><title>403 Forbidden</title></head></html>',
  ),
  front(
    'nginx',
    'nginx does',
    403,
    { 'content-type': 'text/html', server: 'nginx/1.27.0' },
    '<html>\r\n<head><title>403 Forbidden</title></head>\r\n<body><center>nginx/1.27.0</center></body></html>',
  ),
  front(
    'haproxy',
    'HAProxy does',
    403,
    { 'content-type': 'text/html', 'cache-control': 'no-cache', server: '' },
    '<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n',
  ),
  front(
    'traefik',
    'the basic authentication of Traefik does',
    401,
    { ...TEXT, server: '', 'www-authenticate': 'Basic realm="traefik"' },
    '401 Unauthorized\n',
  ),
  front(
    'traefik-without-a-route',
    'Traefik does for an unknown route',
    404,
    { ...TEXT, server: '' },
    '404 page not found\n',
  ),
];

function front(name: string, says: string, status: number, headers: Headers, body: string): Front {
  return { name, says, status, headers, body };
}

/** Answers to the upgrade that are not of the service, or that no client may accept (failure notes §2.1, RFC 6455 §4.1). */
export const UPGRADE_ANSWER_FAULTS: readonly Fault[] = [
  ...FRONTS.map(({ name, says, status, headers, body }) =>
    always(
      `upgrade-${status}-by-${name}`,
      `Refuses every upgrade request as ${says}.`,
      'refused-by-proxy',
      'FM-05',
      refuseWith(status, body, headers),
    ),
  ),
  always(
    'upgrade-answered-by-another-protocol',
    'Answers every upgrade request as a server of another protocol does.',
    'answer-not-http',
    'answer-not-http',
    { kind: 'raw', text: 'SSH-2.0-OpenSSH_9.6\r\n' },
  ),
  ...Object.entries(WRONG_ANSWERS).map(([name, lines]) =>
    always(
      `upgrade-101-${name}`,
      `Answers every upgrade request with a 101 ${name.replaceAll('-', ' ')}.`,
      'upgrade-malformed',
      'upgrade-malformed',
      { kind: 'raw', text: ['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n') },
    ),
  ),
];

function always(
  name: string,
  does: string,
  code: 'refused-by-proxy' | 'upgrade-malformed' | 'answer-not-http',
  diagnosis: string,
  decision: Decision,
): Fault {
  const mustFind = [finds('handshake', code)];
  return { name, does, hits: 'handshake', mustFind, diagnosis, handshake: () => decision };
}
