import { onEnding } from './endings.ts';
import { onFinding } from './evidence.ts';
import type { Signature } from './signature.ts';

const UNREACHABLE = ['Is this address the deployment that was meant? Compare it with BACKEND_URL in the env file'];
const AUTH_SERVICE_DOWN = /\b5\d\d\b|ECONN|ENOTFOUND|ETIMEDOUT|timeout|timed out|deadline|unreachable|fetch failed/i;
const KEY_REFUSED = /\b40[13]\b|bypass key/i;

/** Nothing was reached, or there was no token to reach it with (failure notes §2.1). */
export const ENVIRONMENT_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-01',
    title: 'the host name does not resolve',
    phase: 'dns',
    blame: 'environment',
    rule: 'name resolution fails',
    specificity: 'finding',
    matches: onFinding(['dns-failed']),
    candidates: [
      'the host was renamed or removed',
      'a typing error in BACKEND_URL',
      'no name server from this machine',
    ],
    next: [...UNREACHABLE, 'Resolve the name from another machine'],
  },
  {
    id: 'FM-02',
    title: 'nothing accepts a TCP connection',
    phase: 'tcp',
    blame: 'environment',
    rule: 'the name resolves, the TCP connection is refused or unreachable',
    specificity: 'finding',
    matches: onFinding(['tcp-failed']),
    candidates: ['the service is not deployed or not listening', 'a firewall, or a wrong port'],
    next: [...UNREACHABLE, 'Ask whoever runs the deployment whether the service is up'],
  },
  {
    id: 'FM-03',
    title: 'the TLS handshake fails',
    phase: 'tls',
    blame: 'environment',
    rule: 'TCP connects, TLS does not',
    specificity: 'finding',
    matches: onFinding(['tls-failed']),
    candidates: ['the certificate does not cover this (perhaps deprecated) host name', 'the certificate has expired'],
    next: ['Look at the host names and the end date of the certificate', 'Do not switch verification off'],
  },
  {
    id: 'upgrade-cut',
    title: 'the connection was cut before the upgrade was answered',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the upgrade request ends in a network error without an HTTP answer',
    specificity: 'finding',
    matches: onFinding(['unreachable']),
    sharesWith: ['FM-13', 'FM-32'],
    candidates: ['a proxy or load balancer cut it', 'the process died while it handled the upgrade'],
    next: ['Look at the health endpoints of the same minute', 'Ask for the load balancer log of this time'],
  },
  {
    id: 'FM-20',
    title: 'the auth service refuses the E2E bypass key',
    phase: 'auth',
    blame: 'auth',
    rule: 'the token exchange is answered with 401 or 403',
    specificity: 'mark',
    matches: onFinding(['token-unavailable'], ({ because }) => KEY_REFUSED.test(because)),
    candidates: [
      'E2E_OAUTH_SIMULATION_KEY here and in the deployment differ',
      'the auth service takes itself for production',
    ],
    next: ['Compare the key of the harness with the secret of the auth service', 'Check AUTH_URL'],
  },
  {
    id: 'FM-21',
    title: 'the auth service gives no token because it is down',
    phase: 'auth',
    blame: 'environment',
    rule: 'the token exchange is answered with 5xx or not at all',
    specificity: 'combination',
    matches: onFinding(['token-unavailable'], ({ because }) => AUTH_SERVICE_DOWN.test(because)),
    candidates: ['the auth service is down or restarting', 'it has no simulation key configured'],
    next: ['Look at the health of the auth service', 'Run again once it answers'],
  },
  {
    id: 'FM-82',
    title: 'a credential of the harness is missing, or no longer good',
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
    id: 'clock-skewed',
    title: 'the clocks of harness and service are too far apart',
    phase: 'http',
    blame: 'environment',
    rule: 'the date header of the service differs from our clock by more than the tolerance',
    specificity: 'finding',
    matches: onFinding(['clock-skewed']),
    sharesWith: ['FM-08'],
    candidates: ['the clock of the machine that ran this is wrong', 'a cache answered with an old date'],
    next: ['Compare both clocks with a third', 'Expect refused tokens until they agree'],
  },
];
