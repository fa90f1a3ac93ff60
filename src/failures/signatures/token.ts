import { authorOf } from '../../checks/author.ts';
import { refusedAfterAccept } from '../../checks/refusal.ts';
import type { Connection } from '../../history/connections.ts';
import { AFTERWARDS, HEALTH_PROBES, REST_PROBES } from '../../history/probe-names.ts';
import type { ConnectionEnding, RefusedUpgrade } from '../endings.ts';
import { carrierOf, onEnding, onRefused } from '../endings.ts';
import { statusOverHttp, succeeded } from '../probes.ts';
import type { Signature } from '../signature.ts';
import { onFinding } from '../signature.ts';

const AUTH_SERVICE_DOWN = /\b5\d\d\b|ECONN|ENOTFOUND|ETIMEDOUT|timeout|timed out|deadline|unreachable|fetch failed/i;
const KEY_REFUSED = /\b40[13]\b|bypass key/i;
const ASK_BACKEND = 'Ask the backend developers for the log of this connection at this time';

/** There is no token, or a valid token is refused: what refuses it, and which way of sending it fails (failure notes §2.1, and §2.5, rule 4). */
export const TOKEN = [
  {
    id: 'FM-20',
    title: 'the auth service refuses the E2E bypass key',
    seen: 'Preflight stage `token` fails with 401 or 403 of the auth service.',
    meaning:
      'The auth service does not accept the key that allows test tokens. The harness does not sign tokens itself instead.',
    phase: 'auth',
    blame: 'auth',
    rule: 'the token exchange is answered with 401 or 403',
    specificity: 'mark',
    codes: ['token-unavailable'],
    only: ({ because }) => KEY_REFUSED.test(because),
    candidates: [
      'E2E_OAUTH_SIMULATION_KEY here and in the deployment differ',
      'the auth service is configured as production',
    ],
    next: ['Compare the key of the harness with the secret of the auth service', 'Check AUTH_URL'],
  },
  {
    id: 'FM-21',
    title: 'the auth service gives no token because it is down',
    seen: 'Preflight stage `token` fails with 5xx, a time-out or a network error of the auth service.',
    meaning: 'There is no token, because the auth service is down. The product may be fine.',
    phase: 'auth',
    blame: 'environment',
    rule: 'the token exchange is answered with 5xx or not at all',
    specificity: 'combination',
    codes: ['token-unavailable'],
    only: ({ because }) => AUTH_SERVICE_DOWN.test(because),
    candidates: ['the auth service is down or restarting', 'it has no simulation key configured'],
    next: ['Look at the health of the auth service', 'Run again once it answers'],
  },
  {
    id: 'FM-82',
    title: 'a credential of the harness is missing, or no longer good',
    seen: 'A test says that it needs a secret, or a connection ends with "expired" in its reason.',
    meaning: 'The credentials of the harness are incomplete, or expire before the run ends.',
    phase: 'auth',
    blame: 'auth',
    rule: 'no token can be had, a test needs a secret that is not configured, or the token expired while in use',
    specificity: 'combination',
    matches: (evidence) =>
      onFinding(['token-unavailable', 'secret-needed'])(evidence) ??
      onEnding(({ stage, reason }) => stage !== 'before-welcome' && /expired/i.test(reason))(evidence),
    candidates: ['the secret is not configured where this ran', 'the token expired during the run'],
    next: ['Check the secrets file of the project', 'Check the end date of ACCESS_TOKEN, if one is given'],
  },
  {
    id: 'FM-05',
    title: 'something in front of the product refuses the upgrade',
    seen: 'HTTP 401, 403, 404 or 500 with a page, or with a header, a text or JSON that a proxy, a gateway or a firewall writes.',
    meaning:
      'The product refuses with JSON that has `detail` or `error`, with the bare words of the status, or with nothing. This answer comes from something in front of it, such as a web application firewall. Browsers see 1006.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'a refused upgrade whose answer is a page, or has a header, a text or JSON that only something in front writes',
    specificity: 'combination',
    codes: ['refused-by-proxy'],
    candidates: ['a web application firewall treats the token as an attack', 'a load balancer rule for this path'],
    next: ['Look at the server and via headers of the answer', 'Ask for the firewall log of this time and path'],
  },
  {
    id: 'FM-06',
    title: 'the token itself is refused, over WebSocket and over HTTP',
    seen: 'HTTP 403 to the upgrade, and 401 or 403 for the same token over HTTP.',
    meaning: 'HTTP and WebSocket agree: the token is the problem, not the WebSocket.',
    phase: 'auth',
    blame: 'auth',
    rule: 'the upgrade is answered with 403, and the same token is refused over HTTP too',
    specificity: 'combination',
    matches: onRefused(
      (refused, evidence) => refused.status === 403 && !isByFront(refused) && isRefusal(statusOverHttp(evidence)),
    ),
    candidates: ['JWT_SECRET is not the one of this deployment', 'the test user does not exist there'],
    next: ['Compare JWT_SECRET with the secret of the deployment', 'Check that the user of the token exists'],
  },
  {
    id: 'FM-07',
    title: 'the upgrade is refused although the same token is accepted over HTTP',
    seen: 'HTTP 403 to the upgrade, and 200 for the same token over HTTP.',
    meaning:
      'The token is good. A server that closes before it accepts sends a bare 403: the close code (1011 or 1003) and the reason are lost.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the upgrade is answered with 403, and the same token is accepted over HTTP',
    specificity: 'combination',
    matches: onRefused(
      (refused, evidence) => refused.status === 403 && !isByFront(refused) && statusOverHttp(evidence) === 200,
    ),
    candidates: [
      'a readiness guard closes before it accepts ("Service not ready"): code and reason are lost on the way',
      'no offered subprotocol is supported: close 1003 before accept looks the same',
      'another route answers',
    ],
    next: [
      {
        step: 'Try the upgrade by another carrier and without E2E headers',
        answeredBy: [AFTERWARDS.byHeader, AFTERWARDS.bySubprotocol, AFTERWARDS.withoutE2eHeaders],
      },
      { step: 'Look at the health and readiness endpoints of the same minute', answeredBy: HEALTH_PROBES },
      ASK_BACKEND,
    ],
  },
  {
    id: 'refused-403',
    title: 'the upgrade is refused with 403, and what was tried does not show who refuses it',
    seen: 'HTTP 403 to the upgrade, and HTTP gives no clear answer about the token.',
    meaning:
      'This status has most causes: a firewall, authentication, a readiness guard and a missing route look the same. After the test the harness tries the same token over HTTP, by another carrier and without E2E headers. The attachment "diagnosis" has the answers.',
    phase: 'upgrade',
    blame: 'open',
    rule: 'the upgrade is answered with 403; firewall, authentication, readiness and a missing route all look like this',
    specificity: 'finding',
    matches: onRefused((refused) => refused.status === 403 && !isByFront(refused)),
    sharesWith: ['FM-05', 'FM-06', 'FM-07', 'FM-18', 'FM-19', 'FM-77'],
    candidates: ['the token is refused', 'a readiness guard or a missing route: each shows as 403', 'a firewall'],
    next: [
      'Read in the attachment "diagnosis" what was tried after the test, and ask for the log of the load balancer',
    ],
  },
  {
    id: 'FM-08',
    title: 'the upgrade is refused with 401',
    seen: 'HTTP 401 to the upgrade.',
    meaning: 'The server found no token, or a bad one.',
    phase: 'auth',
    blame: 'auth',
    rule: 'the upgrade is answered with 401',
    specificity: 'finding',
    matches: onRefused((refused) => refused.status === 401 && !isByFront(refused)),
    candidates: ['the token has expired', 'the clocks differ', 'the token did not arrive', 'JWT_SECRET is another'],
    next: [
      { step: 'Look at the clock stage of the preflight', answeredBy: ['clock'] },
      { step: 'Present the same token over HTTP', answeredBy: REST_PROBES },
      'Compare JWT_SECRET with the secret of the deployment',
    ],
  },
  {
    id: 'FM-18',
    title: 'the token is not found in the subprotocol',
    seen: 'Refused when the token is in a subprotocol. Accepted when it is in the header, or the server says NO_TOKEN.',
    meaning: 'Client and server do not spell the subprotocol with the token in the same way.',
    phase: 'auth',
    blame: 'product',
    rule: 'refused with the token in a subprotocol; accepted by header alone, or the server says NO_TOKEN',
    specificity: 'mark',
    matches: (evidence) =>
      onRefused(({ connection }) => isOnlyInSubprotocol(connection) && succeeded(evidence, 'byHeader'))(evidence) ??
      onEnding((ending) => saysNoToken(ending) && isOnlyInSubprotocol(ending.connection))(evidence),
    sharesWith: ['FM-07'],
    candidates: ['client and server spell the subprotocol differently: jwt.TOKEN, jwt-auth.TOKEN, bearer.TOKEN'],
    next: ['Compare the offered subprotocols in the attachment "history" with what this release reads'],
  },
  {
    id: 'FM-19',
    title: 'the token is lost on the way to the WebSocket route',
    seen: 'Refused, or NO_TOKEN, when the token is in the header, although it is accepted over HTTP or in a subprotocol.',
    meaning: 'The header does not arrive. Something between client and server removes it from upgrades.',
    phase: 'auth',
    blame: 'environment',
    rule: 'refused with the token in the header; accepted by subprotocol, accepted over HTTP after a 401, or NO_TOKEN',
    specificity: 'mark',
    matches: (evidence) =>
      onRefused(
        ({ connection, status }) =>
          carrierOf(connection).header &&
          (succeeded(evidence, 'bySubprotocol') || (status === 401 && statusOverHttp(evidence) === 200)),
      )(evidence) ?? onEnding((ending) => saysNoToken(ending) && carrierOf(ending.connection).header)(evidence),
    sharesWith: ['FM-18'],
    candidates: ['a load balancer strips the Authorization or E2E headers from upgrades'],
    next: [
      {
        step: 'Compare header and subprotocol as carriers',
        answeredBy: [AFTERWARDS.byHeader, AFTERWARDS.bySubprotocol],
      },
      'Ask for the load balancer configuration',
    ],
  },
  {
    id: 'FM-28',
    title: 'the upgrade is accepted, and the token refused afterwards',
    seen: 'HTTP 101, then an authentication error, or a close whose code or reason refuses the token: 1008, 3000, 4001, 4401, 1011 "Auth failed" and others.',
    meaning:
      'The server accepts first and checks the token afterwards. Releases changed the close code from 1008 to 1011 and back, so read the error and the reason.',
    phase: 'auth',
    blame: 'auth',
    rule: 'no welcome, but an authentication error, a close code that refuses a token, or a close reason that does',
    specificity: 'combination',
    matches: onEnding(({ connection }) => refusedAfterAccept(connection)?.code === 'token-refused'),
    candidates: ['JWT_SECRET is not the one of this deployment', 'the auth service is not reachable for the backend'],
    next: ['Read the error message and the close reason: the code alone changed from release to release'],
  },
] as const satisfies readonly Signature[];

function isByFront({ status, headers, body }: RefusedUpgrade): boolean {
  return status !== undefined && authorOf({ status, headers, body }).is === 'front';
}

function isRefusal(status: number | undefined): boolean {
  return status === 401 || status === 403;
}

function isOnlyInSubprotocol(connection: Connection): boolean {
  const { header, subprotocol } = carrierOf(connection);
  return subprotocol && !header;
}

function saysNoToken({ stage, error }: ConnectionEnding): boolean {
  return stage === 'before-welcome' && error?.message.errorCode === 'NO_TOKEN';
}
