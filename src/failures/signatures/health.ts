import type { Connection } from '../../history/connections.ts';
import { onRefused } from '../endings.ts';
import type { Evidence } from '../evidence.ts';
import { reported } from '../evidence.ts';
import { isHealthy, probesNamed, succeeded } from '../probes.ts';
import type { Signature } from '../signature.ts';
import { matchOf, matchOn, onFinding } from '../signature.ts';

/** HTTP answers that contradict the WebSocket, and failures that only test traffic sees (failure notes §2.4). */
export const HEALTH = [
  {
    id: 'FM-72',
    title: 'health says that all is well, and no WebSocket works',
    seen: 'Health answers 200, and a valid credential gets no welcome.',
    meaning: 'HTTP works, the WebSocket does not. It stands as an alternative beside the signature of the connection.',
    phase: 'welcome',
    blame: 'product',
    rule: 'a health endpoint answered 200, and a valid credential got no welcome',
    specificity: 'family',
    matches: (evidence) => {
      const contradiction = onFinding(['health-contradicts-websocket', 'readiness-lies'])(evidence);
      if (contradiction !== undefined) return { ...contradiction, specificity: 'mark' };
      const { history, affected } = evidence;
      return isHealthy(history) ? matchOn(affected.filter(({ welcome }) => welcome === undefined)) : undefined;
    },
    candidates: ['health does not cover the WebSocket pipeline'],
    next: ['Do not rely on a green health page', 'Ask for a health check that opens a WebSocket'],
  },
  {
    id: 'FM-74',
    title: 'health answers at once, readiness does not',
    seen: '`/health/ready` fails or does not answer.',
    meaning: 'The service is alive, but not ready for work.',
    phase: 'http',
    blame: 'environment',
    rule: 'GET /health/ready fails or does not answer, GET /health does not fail',
    specificity: 'combination',
    matches: (evidence) => {
      const failed = reported(evidence, ['endpoint-failed']);
      const about = (...names: string[]) =>
        failed.filter((finding) => probesNamed(evidence, finding, names).length > 0);
      return about('health', 'api-health').length > 0 ? undefined : matchOf(evidence, about('readiness'));
    },
    sharesWith: ['FM-41'],
    candidates: ['readiness waits for redis or another dependency'],
    next: ['Look at the body measured above', 'Expect slow or refused connections until it is green'],
  },
  {
    id: 'endpoint-wrong',
    title: 'a service endpoint does not answer as documented',
    seen: 'A service endpoint answers with another status than 200, with another shape, or contradicts itself.',
    meaning: 'Frontends and tools that read the endpoint may fail.',
    phase: 'http',
    blame: 'product',
    rule: 'another status than 200, another shape, or "healthy" beside a check of its own that failed',
    specificity: 'family',
    codes: ['endpoint-failed', 'endpoint-malformed', 'health-contradicts-itself'],
    candidates: ['the endpoint was moved or changed in this release', 'a router is not mounted'],
    next: ['Compare with the release notes', 'If it was changed on purpose, change its shape in the harness'],
  },
  {
    id: 'FM-77',
    title: 'only traffic with E2E headers fails',
    seen: 'Refused with the E2E headers and accepted without them; or the comparison of both finds a difference.',
    meaning:
      'Users see something else than test traffic. In both cases this run proves less about users than its verdicts say.',
    phase: 'upgrade',
    blame: 'product',
    rule: 'refused with the E2E headers and accepted without them, or the two differ in what a user notices',
    specificity: 'family',
    matches: (evidence) => {
      const refused = onRefused(
        ({ connection, status }) =>
          isMarked(connection) && (status === 401 || status === 403) && plainOnesSucceed(evidence),
        {
          specificity: 'mark',
        },
      );
      return refused(evidence) ?? onFinding(['headers-change-behaviour'])(evidence);
    },
    candidates: ['the E2E variables of the deployment are missing, so strict mode refuses test traffic'],
    next: ['Users may not see this at all: say so when you report it', 'Compare the E2E variables of the deployment'],
  },
] as const satisfies readonly Signature[];

/** Another try without the headers succeeded, or a connection without them was welcomed and all with them failed. */
function plainOnesSucceed(evidence: Evidence): boolean {
  const { trusted } = evidence;
  const marked = trusted.filter(isMarked);
  const plain = trusted.filter((connection) => !isMarked(connection));
  const compared = plain.some(({ welcome }) => welcome) && marked.every(({ welcome }) => welcome === undefined);
  return succeeded(evidence, 'withoutE2eHeaders') || compared;
}

function isMarked({ request }: Connection): boolean {
  return request?.headers['x-e2e-test'] !== undefined;
}
