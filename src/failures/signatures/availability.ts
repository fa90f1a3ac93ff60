import { authorOf } from '../../checks/author.ts';
import type { Finding } from '../../checks/verdict.ts';
import { HEALTH_PROBES } from '../../history/probe-names.ts';
import type { RefusedUpgrade } from '../endings.ts';
import { onEndingAnywhere, onRefused, refusedUpgrades } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import type { NextStep } from '../next-step.ts';
import { isHealthy, isNotReady, probesNamed } from '../probes.ts';
import type { Signature } from '../signature.ts';
import { onFinding } from '../signature.ts';

const LOOK_AT_HEALTH: NextStep = {
  step: 'Look at the health endpoints: if they fail too, the whole backend is down',
  answeredBy: HEALTH_PROBES,
};

/** A backend that is down, is starting, or is at one of its limits; this says nothing about the token (failure notes FM-11 to FM-15, FM-70, FM-71). */
export const AVAILABILITY = [
  {
    id: 'FM-11',
    title: 'the upgrade fails while the service is starting',
    seen: 'HTTP 500 or no answer, while health or readiness says that the service is starting.',
    meaning: 'The connection comes too early. A handler that queues a connection and returns looks like a crash.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'HTTP 500 or no answer, while health or readiness says that the service is not up',
    specificity: 'combination',
    matches: onRefused(
      ({ status, failure }, { history }) =>
        (status === 500 || (status === undefined && failure.includes('ETIMEDOUT'))) && isNotReady(history),
    ),
    candidates: ['a cold start: connections are queued and then dropped', 'a dependency that start-up waits for'],
    next: ['Run again when readiness is green: it should be gone'],
  },
  {
    id: 'FM-12',
    title: 'the readiness middleware rejects the upgrade',
    seen: 'HTTP 503 with JSON or Retry-After.',
    meaning: 'The product itself says that it is not ready, and names the services that are missing.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'HTTP 503 with a JSON body or Retry-After',
    specificity: 'combination',
    matches: onRefused(isFromMiddleware),
    sharesWith: ['FM-41'],
    candidates: ['a service that start-up needs is not ready, such as redis: the body names it'],
    next: ['Read the failed services in the body measured above', 'Run again after the time in Retry-After'],
  },
  {
    id: 'FM-13',
    title: 'the backend is down',
    seen: 'HTTP 503 to the upgrade without JSON, or `/health` is not 200.',
    meaning: 'The whole backend is down. The other red tests have the same cause.',
    phase: 'http',
    blame: 'environment',
    rule: 'HTTP 503 without JSON and without Retry-After while nothing says that the service is up, or a health endpoint that is not up',
    specificity: 'finding',
    matches: (evidence) =>
      (isServing(evidence) ? undefined : onRefused(isPlain503)(evidence)) ??
      onFinding(['health-failed'])(evidence) ??
      onFinding(['endpoint-failed'], (finding) => isDown(evidence, finding))(evidence),
    sharesWith: ['FM-41'],
    candidates: ['the database or its network connector is unreachable', 'the container does not listen, or restarts'],
    next: [
      LOOK_AT_HEALTH,
      'Ask the operators of the deployment; nothing else in this report matters until the backend is up',
    ],
  },
  {
    id: 'health-hidden',
    title: 'a limit, a login or a redirect answers in place of the health endpoint',
    seen: '`/health` is answered with 429, 401, 403 or a redirect, or with 503 and Retry-After.',
    meaning: 'Something in front of the service answered. Whether the service is up, this answer does not say.',
    phase: 'http',
    blame: 'environment',
    rule: 'a health endpoint is answered with 429, 401, 403, 3xx, or 503 with Retry-After',
    specificity: 'combination',
    matches: onFinding(['health-failed', 'endpoint-failed'], isHidden),
    candidates: [
      'a limit of requests or connections at a proxy',
      'a login page or an access list in front of the deployment',
      'a redirect to another host or to https',
    ],
    next: [
      'Look at status and headers measured above: Retry-After, WWW-Authenticate or Location name it',
      'Wait as long as Retry-After says, or ask the operators of the proxy to let this machine pass',
    ],
  },
  {
    id: 'served-and-refused',
    title: 'upgrades are refused with 503 while the service is up',
    seen: 'HTTP 503 to an upgrade, while other connections of the same test are welcomed or health says that all is well.',
    meaning: 'The backend is up. A limit in front of it, or one of several instances, refuses some connections.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'HTTP 503 without JSON to an upgrade, while another connection of the same test is welcomed, or health is healthy',
    specificity: 'combination',
    matches: (evidence) => (isServing(evidence) ? onRefused(isPlain503)(evidence) : undefined),
    sharesWith: ['FM-71'],
    candidates: [
      'a limit of connections or requests at a proxy, such as maxconn, limit_conn or limit_req',
      'one of several instances that is not ready',
    ],
    next: [
      'Compare how many connections were open when the first was refused: the same number each time is a limit',
      'Lower CONNECTIONS and RAMP_PER_SECOND and run again',
    ],
  },
  {
    id: 'FM-14',
    title: 'the upgrade fails differently from try to try',
    seen: 'The connections of one test get 500, 503, 502 or no answer in turn.',
    meaning: 'Instances start and stop while the test runs.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'at least two different failures among HTTP 500, 502, 503, 504 and no answer',
    specificity: 'mark',
    matches: (evidence) => {
      const kinds = new Set(
        refusedUpgrades(evidence)
          .filter(isOutage)
          .map(({ status }) => status),
      );
      return kinds.size > 1 ? onRefused(isOutage)(evidence) : undefined;
    },
    alsoShowsAs: ['FM-04', 'FM-10', 'FM-13', 'FM-15'],
    candidates: ['a container that crashes and restarts', 'a deployment that is being rolled over'],
    next: ['Compare the revision before and after', 'Run again in some minutes, and keep both reports'],
  },
  {
    id: 'FM-15',
    title: 'the load balancer finds no instance that answers',
    seen: 'HTTP 502 or 504 to the upgrade.',
    meaning: 'The load balancer answers, because no instance does.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the upgrade is answered with 502 or 504',
    specificity: 'finding',
    matches: onRefused(({ status }) => status === 502 || status === 504),
    candidates: ['an instance that is still starting', 'an instance that died'],
    next: [LOOK_AT_HEALTH, 'Ask the operators of the deployment whether an instance restarted'],
  },
  {
    id: 'FM-70',
    title: 'a limit of concurrent connections is reached',
    seen: 'Close 1008 "Too many concurrent connections (5/5)".',
    meaning: 'A limit, not a refused token: 1008 means both, and only the reason shows which.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'a close whose reason counts connections',
    specificity: 'mark',
    matches: onEndingAnywhere(
      ({ reason }) => /too many|connections?\b.*\d+\s*\/\s*\d+/i.test(reason) && !/too many requests/i.test(reason),
    ),
    sharesWith: ['FM-69'],
    candidates: [
      'more connections per user or client than the service allows (3 to 5)',
      'connections that leaked before',
    ],
    next: ['Give the project more test users, or lower CONNECTIONS', 'Do not read it as a refused token'],
  },
  {
    id: 'FM-71',
    title: 'the service throttles, or its circuit breaker is open',
    seen: 'Close 1013 or 4429, a close "Rate limit exceeded" with any code, or HTTP 429.',
    meaning: 'The service protects itself from load, or from a part that failed before.',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'close 1013 or 4429, a close whose reason names a rate limit, or HTTP 429',
    specificity: 'mark',
    matches: (evidence) =>
      onEndingAnywhere(
        ({ code, reason }) =>
          code === 1013 || code === 4429 || /rate limit|limit exceeded|too many requests/i.test(reason),
      )(evidence) ?? onFinding(['limit-reached'], ({ because }) => !/too many concurrent/i.test(because))(evidence),
    candidates: ['too many requests in a short time', 'an open circuit breaker after earlier failures'],
    next: ['Wait for the time that the reason names, and run again', 'Look for what failed before the breaker opened'],
  },
] as const satisfies readonly Signature[];

/** What something in front of a service answers in its place. */
function isHidden(finding: Finding, evidence: Evidence): boolean {
  return probesNamed(evidence, finding, HEALTH_PROBES).some(
    ({ status = 0, headers = {} }) =>
      [401, 403, 429].includes(status) ||
      (status >= 300 && status < 400) ||
      (status === 503 && headers['retry-after'] !== undefined),
  );
}

function isPlain503(refused: RefusedUpgrade): boolean {
  return refused.status === 503 && !isFromMiddleware(refused);
}

/** Whether the service is up although upgrades are refused; the first of at least three alone is a cold start (FM-75). */
function isServing({ trusted, affected, history }: Evidence): boolean {
  const refused = affected.filter(({ opened }) => opened === undefined);
  const isColdStart = trusted.length >= 3 && refused.length === 1 && refused[0] === trusted[0];
  return !isColdStart && (isHealthy(history) || trusted.some(({ welcome }) => welcome !== undefined));
}

function isFromMiddleware({ status, body, headers }: RefusedUpgrade): boolean {
  if (status !== 503 || authorOf({ status, headers, body }).is === 'front') return false;
  return body.trimStart().startsWith('{') || headers['retry-after'] !== undefined;
}

function isOutage({ status }: RefusedUpgrade): boolean {
  return status === undefined || [500, 502, 503, 504].includes(status);
}

/** A health endpoint that fails or does not answer. One that does not exist says nothing about the backend. */
function isDown(evidence: Evidence, finding: Finding): boolean {
  return probesNamed(evidence, finding, ['health', 'api-health']).some(
    ({ status, error }) => error !== undefined || (status !== undefined && status >= 500),
  );
}
