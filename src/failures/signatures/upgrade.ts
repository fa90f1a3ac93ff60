import { onRefused } from '../endings.ts';
import { succeeded } from '../probes.ts';
import { connectionNamed } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import { reported } from '../evidence.ts';
import type { Signature } from '../signature.ts';
import { matchOf } from '../signature.ts';

const ASK_BACKEND = 'Ask the backend developers for the traceback of this time';

/** Upgrades that fail for another reason than the token: no answer, another answer, or a subprotocol that does not answer the offer (failure notes §2.1, RFC 6455 §4.1). */
export const UPGRADE = [
  {
    id: 'FM-16',
    title: 'a subprotocol was offered without the client library, and the server selects it',
    seen: 'The library aborts with "Server sent a subprotocol but none was requested", and the request carried the header.',
    meaning:
      'This happens to clients that write the token into the header themselves. It should not happen with this harness.',
    phase: 'upgrade',
    blame: 'harness',
    rule: 'the library says "none was requested", but the upgrade request carried the header',
    specificity: 'combination',
    codes: ['subprotocol-invalid'],
    only: ({ because, connection }, { history }) =>
      /none was requested/i.test(because) && wroteItsOwnOffer(connection, history),
    candidates: ['the token was written into a raw header instead of an offer'],
    next: ['Check AUTH_CARRIER and the offered subprotocols in the attachment "history"'],
  },
  {
    id: 'FM-17',
    title: 'the server selects none of the offered subprotocols',
    seen: 'The library aborts with "Server sent no subprotocol".',
    meaning: 'RFC 6455 allows a server to select none. Strict clients then fail the connection; others continue.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the library says "Server sent no subprotocol"',
    specificity: 'combination',
    codes: ['subprotocol-invalid'],
    only: ({ because }) => /sent no subprotocol/i.test(because),
    candidates: [
      'this release accepts without selecting; some other clients connect even so',
      'a proxy removes the header Sec-WebSocket-Protocol from the request or from the answer',
    ],
    next: ['Run with AUTH_CARRIER=header to see whether the rest works', 'Report it: strict clients cannot connect'],
  },
  {
    id: 'subprotocol-not-offered',
    title: 'the server selects a subprotocol that was not offered',
    seen: 'The library aborts with "Server sent an invalid subprotocol", or the server selects one although none was offered.',
    meaning: 'The server answers with a name that was not offered (RFC 6455 §4.1).',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the library says that the selected subprotocol is invalid, or that none was requested',
    specificity: 'finding',
    codes: ['subprotocol-invalid'],
    candidates: ['the server echoes a fixed name, or only a part of the offered one'],
    next: ['Compare the offered and the selected subprotocol in the attachment "history"'],
  },
  {
    id: 'answer-not-http',
    title: 'what answers the upgrade speaks no HTTP',
    seen: 'TCP connects, and the first bytes of the answer are no status line. The text shows them.',
    meaning: 'Something else listens at this address: another service, or the port of another protocol.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the answer to the upgrade request is no HTTP',
    specificity: 'finding',
    codes: ['answer-not-http'],
    candidates: ['a wrong port in WEBSOCKET_URL', 'a port that speaks TLS, asked with ws://'],
    next: ['Read the first bytes, measured above: they often name the service', 'Compare the port with the env file'],
  },
  {
    id: 'upgrade-malformed',
    title: 'the answer to the upgrade is wrong',
    seen: 'HTTP 101 with a wrong or missing Upgrade, Connection or Sec-WebSocket-Accept header, or headers that cannot be read.',
    meaning:
      'The server says that it switches to WebSocket, and its answer breaks RFC 6455 §4.1 or HTTP. Every client must fail such a connection.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'HTTP 101 whose headers do not answer the request, or an answer that no HTTP parser accepts',
    specificity: 'finding',
    codes: ['upgrade-malformed'],
    candidates: [
      'a handler that writes the upgrade by itself',
      'something in front that removes or repeats headers, or answers from a cache',
      'headers that grow beyond 16 KB, such as cookies',
    ],
    next: ['Compare the headers of the answer in the attachment "history" with RFC 6455 §4.1', ASK_BACKEND],
  },
  {
    id: 'upgrade-late',
    title: 'upgrades are answered late',
    seen: 'HTTP 101 after CONNECT_BUDGET_MS. The text says how many of how many upgrades, and what was fast in the same test.',
    meaning: 'Users wait before anything else happens. A deadline of a client may end the connection before it exists.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'an upgrade is answered after its budget; what else was fast or slow decides the blame',
    specificity: 'finding',
    matches: (evidence) => {
      const findings = reported(evidence, ['upgrade-late']);
      const match = matchOf(evidence, findings);
      return match === undefined ? undefined : { ...match, blame: findings[0]?.blame ?? 'product' };
    },
    sharesWith: ['FM-04'],
    candidates: ['work before accept: authentication, or a lock', 'a cold start of one instance', 'a slow network'],
    next: ['Compare HTTP and upgrades of the same minute', ASK_BACKEND],
  },
  {
    id: 'FM-04',
    title: 'the upgrade request is not answered',
    seen: 'No HTTP answer to the upgrade request until the deadline.',
    meaning: 'The request was sent, and nothing answered it.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'no HTTP answer to the upgrade request until the deadline',
    specificity: 'finding',
    codes: ['upgrade-unanswered'],
    candidates: ['a blocked event loop', 'a firewall or route that drops upgrades'],
    next: ['Compare with the HTTP endpoints of the same minute: fast there means that only upgrades hang'],
  },
  {
    id: 'wrong-path',
    title: 'WEBSOCKET_URL names a path that is not the WebSocket',
    seen: 'The upgrade is answered with another status than 101. The same token is welcomed at `/ws` of the same host.',
    meaning: 'The service works. The harness asks at another path.',
    phase: 'upgrade',
    blame: 'harness',
    rule: 'the upgrade is refused at this path, and the same token is welcomed at /ws',
    specificity: 'mark',
    matches: (evidence) => onRefused(() => succeeded(evidence, 'usualPath'))(evidence),
    candidates: ['a typing error in WEBSOCKET_URL', 'the path of another release'],
    next: ['Leave WEBSOCKET_URL out, or end it with /ws'],
  },
  {
    id: 'FM-09',
    title: 'the upgrade is answered with 404',
    seen: 'HTTP 404 to the upgrade.',
    meaning:
      'The framework of the product answers an upgrade to an unknown path with 403, and a plain GET with 404. So the request lost ' +
      'its upgrade headers on the way, or something in front of the product answered.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the upgrade is answered with 404',
    specificity: 'finding',
    codes: ['route-missing'],
    candidates: [
      'a proxy does not pass on the headers Upgrade and Connection, so that the request arrives as a plain GET',
      'a proxy routes this path to another service',
      'WEBSOCKET_URL names another path',
      'the route was renamed or not mounted',
    ],
    next: [
      'Check that every proxy in front of the service passes on Upgrade, Connection, Authorization and Sec-WebSocket-Protocol',
      'Compare the path with the routes of this release; a plain GET on it proves nothing',
    ],
  },
  {
    id: 'FM-10',
    title: 'the server crashes while it handles the upgrade',
    seen: 'HTTP 500 to the upgrade.',
    meaning: 'An exception is raised before the server accepts the connection.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the upgrade is answered with 500',
    specificity: 'finding',
    codes: ['upgrade-crashed'],
    sharesWith: ['FM-33'],
    candidates: ['an exception before accept, such as a missing await', 'a handler that returns without accepting'],
    next: [ASK_BACKEND, 'Check whether it began with the last deployment'],
  },
  {
    id: 'FM-80',
    title: 'the upgrade is redirected, or answered as plain HTTP',
    seen: 'A redirect, or HTTP 200, in answer to the upgrade.',
    meaning: 'Something between client and server does not support WebSocket, or wants another scheme or path.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'a redirect, or a status that neither upgrades nor refuses',
    specificity: 'finding',
    codes: ['upgrade-redirected', 'upgrade-ignored'],
    candidates: [
      'a load balancer without upgrade support',
      'a mix of http and https, or a missing path in WEBSOCKET_URL',
    ],
    next: ['Look at the location header in the attachment "history"', 'Ask for the load balancer configuration'],
  },
] as const satisfies readonly Signature[];

function wroteItsOwnOffer(name: string, history: History): boolean {
  const request = connectionNamed(history, name)?.request;
  return request?.offered.length === 0 && request.headers['sec-websocket-protocol'] !== undefined;
}
