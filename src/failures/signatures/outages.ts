import type { Finding } from '../../checks/verdict.ts';
import type { Evidence } from './evidence.ts';
import { onFinding } from './evidence.ts';
import { isNotReady, probesNamed } from './readiness.ts';
import type { RefusedUpgrade } from './refusals.ts';
import { onRefused, refusedUpgrades } from './refusals.ts';
import type { Signature } from './signature.ts';

const REST_TOO = 'Look at the health endpoints: if they fail too, the whole backend is down';

/** A backend, or a part of it, that is down or starting (failure notes FM-11 to FM-15). */
export const OUTAGE_SIGNATURES: readonly Signature[] = [
  {
    id: 'FM-11',
    title: 'the upgrade fails while the service is starting',
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
    phase: 'http',
    blame: 'environment',
    rule: 'HTTP 503 without a word from the product, or a health endpoint that is not up',
    specificity: 'finding',
    matches: (evidence) =>
      onRefused((refused) => refused.status === 503 && !isFromMiddleware(refused))(evidence) ??
      onFinding(['health-failed'])(evidence) ??
      onFinding(['endpoint-failed'], (finding) => isDown(evidence, finding))(evidence),
    sharesWith: ['FM-41'],
    candidates: ['the database or its network connector is unreachable', 'the container does not listen, or restarts'],
    next: [REST_TOO, 'Ask whoever runs the deployment; nothing else in this report matters until it is up'],
  },
  {
    id: 'FM-14',
    title: 'the upgrade fails differently from try to try',
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
    candidates: ['a container that crashes and restarts', 'a deployment that is being rolled over'],
    next: ['Compare the revision before and after', 'Run again in some minutes, and keep both reports'],
  },
  {
    id: 'FM-15',
    title: 'the load balancer finds no instance that answers',
    phase: 'upgrade',
    blame: 'environment',
    rule: 'the upgrade is answered with 502 or 504',
    specificity: 'finding',
    matches: onRefused(({ status }) => status === 502 || status === 504),
    candidates: ['an instance that is still starting', 'an instance that died'],
    next: [REST_TOO, 'Look at uptime_seconds in the health answer'],
  },
];

function isFromMiddleware({ status, body, headers }: RefusedUpgrade): boolean {
  return status === 503 && (body.trimStart().startsWith('{') || headers['retry-after'] !== undefined);
}

function isOutage({ status }: RefusedUpgrade): boolean {
  return status === undefined || [500, 502, 503, 504].includes(status);
}

/** A health endpoint that fails or does not answer; one that is not there says nothing about the backend. */
function isDown(evidence: Evidence, finding: Finding): boolean {
  return probesNamed(evidence, finding, ['health', 'api-health']).some(
    ({ status, error }) => error !== undefined || (status !== undefined && status >= 500),
  );
}
