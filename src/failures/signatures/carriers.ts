import type { Ending } from './endings.ts';
import { onEnding } from './endings.ts';
import { carrierOf, onRefused, statusOverHttp, succeeded } from './refusals.ts';
import type { Signature } from './signature.ts';

const AUTH_WORDS = /auth|token|credential/i;
const LIMIT_WORDS = /too many|rate limit|limit exceeded/i;

/** A valid token that does not arrive where it is looked for, or is refused after the upgrade (failure notes FM-18 to FM-28). */
export const CARRIER_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-18',
    title: 'the token is not found in the subprotocol',
    phase: 'auth',
    blame: 'product',
    rule: 'refused with the token in a subprotocol; accepted by header alone, or the server says NO_TOKEN',
    specificity: 'mark',
    matches: (evidence) =>
      onRefused(({ connection }) => isOnly('subprotocol', connection) && succeeded(evidence, 'byHeader'))(evidence) ??
      onEnding((ending) => saysNoToken(ending) && isOnly('subprotocol', ending.connection))(evidence),
    sharesWith: ['FM-07'],
    candidates: ['client and server spell the subprotocol differently: jwt.TOKEN, jwt-auth.TOKEN, bearer.TOKEN'],
    next: ['Compare the offered subprotocols in the attachment "history" with what this release reads'],
  },
  {
    id: 'FM-19',
    title: 'the token is lost on the way to the WebSocket route',
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
      'Compare header and subprotocol as carriers: both are measured above',
      'Ask for the load balancer configuration',
    ],
  },
  {
    id: 'FM-28',
    title: 'the upgrade is accepted, and the token refused afterwards',
    phase: 'auth',
    blame: 'auth',
    rule: 'no welcome, but an authentication error, close 1008, 4001 or 4002, or close 1011 that speaks of authentication',
    specificity: 'combination',
    matches: onEnding(
      ({ stage, code, reason, error }) =>
        stage === 'before-welcome' &&
        ([4001, 4002].includes(code) ||
          ((code === 1008 || code === 1011) && AUTH_WORDS.test(`${reason} ${error?.message.errorCode ?? ''}`)) ||
          (code === 1008 && !LIMIT_WORDS.test(reason))),
    ),
    candidates: ['JWT_SECRET is not the one of this deployment', 'the auth service is not reachable for the backend'],
    next: ['Read the error message and the close reason: the code alone changed from release to release'],
  },
];

function isOnly(carrier: 'subprotocol', connection: Ending['connection']): boolean {
  const { header, subprotocol } = carrierOf(connection);
  return carrier === 'subprotocol' && subprotocol && !header;
}

function saysNoToken({ stage, error }: Ending): boolean {
  return stage === 'before-welcome' && error?.message.errorCode === 'NO_TOKEN';
}
