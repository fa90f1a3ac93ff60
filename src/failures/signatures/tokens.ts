import { onRefused, statusOverHttp } from './refusals.ts';
import type { Signature } from './signature.ts';

const HTML = /^\s*<(?:!doctype|html)/i;
const ASK_BACKEND = 'Ask the backend developers for the log of this connection at this time';

/** A valid token that is refused: by whom, and over which way (failure notes §2.1, and §2.5, rule 4). */
export const TOKEN_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-05',
    title: 'something in front of the product refuses the upgrade with an HTML page',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'HTTP 401 or 403 with an HTML body',
    specificity: 'combination',
    matches: onRefused(({ status, body }) => (status === 401 || status === 403) && HTML.test(body)),
    candidates: ['a web application firewall takes the token for an attack', 'a load balancer rule for this path'],
    next: ['Look at the server and via headers of the answer', 'Ask for the firewall log of this time and path'],
  },
  {
    id: 'FM-06',
    title: 'the token itself is refused, over WebSocket and over HTTP',
    phase: 'auth',
    blame: 'auth',
    rule: 'the upgrade is answered with 403, and the same token is refused over HTTP too',
    specificity: 'combination',
    matches: onRefused(
      ({ status, body }, evidence) => status === 403 && !HTML.test(body) && isRefusal(statusOverHttp(evidence)),
    ),
    candidates: ['JWT_SECRET is not the one of this deployment', 'the test user does not exist there'],
    next: ['Compare JWT_SECRET with the secret of the deployment', 'Check that the user of the token exists'],
  },
  {
    id: 'FM-07',
    title: 'the upgrade is refused although the same token is accepted over HTTP',
    phase: 'upgrade',
    blame: 'product',
    rule: 'the upgrade is answered with 403, and the same token is accepted over HTTP',
    specificity: 'combination',
    matches: onRefused(
      ({ status, body }, evidence) => status === 403 && !HTML.test(body) && statusOverHttp(evidence) === 200,
    ),
    candidates: [
      'a readiness guard closes before it accepts ("Service not ready"): code and reason are lost on the way',
      'no offered subprotocol is supported: close 1003 before accept looks the same',
      'another route answers',
    ],
    next: [
      'See in the attachment "diagnosis" what was tried after the test: by another carrier, without E2E headers',
      'Look at the health and readiness endpoints of the same minute',
      ASK_BACKEND,
    ],
  },
  {
    id: 'refused-403',
    title: 'the upgrade is refused with 403, and nothing tells yet by whom',
    phase: 'upgrade',
    blame: 'auth',
    rule: 'the upgrade is answered with 403; firewall, authentication, readiness and a missing route all look like this',
    specificity: 'finding',
    matches: onRefused(({ status, body }) => status === 403 && !HTML.test(body)),
    sharesWith: ['FM-05', 'FM-06', 'FM-07', 'FM-18', 'FM-19', 'FM-77'],
    candidates: ['the token is refused', 'a readiness guard or a missing route: each shows as 403', 'a firewall'],
    next: ['Read the attachment "diagnosis": what was tried after the test tells these apart'],
  },
  {
    id: 'FM-08',
    title: 'the upgrade is refused with 401',
    phase: 'auth',
    blame: 'auth',
    rule: 'the upgrade is answered with 401',
    specificity: 'finding',
    matches: onRefused(({ status, body }) => status === 401 && !HTML.test(body)),
    candidates: ['the token has expired', 'the clocks differ', 'the token did not arrive', 'JWT_SECRET is another'],
    next: ['Look at the clock stage of the preflight', 'Compare with the same token over HTTP, measured above'],
  },
];

function isRefusal(status: number | undefined): boolean {
  return status === 401 || status === 403;
}
