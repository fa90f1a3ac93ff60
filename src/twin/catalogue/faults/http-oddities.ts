import type { Blame } from '../../../checks/blame.ts';
import type { Fault, ExpectedFinding } from '../fault.ts';
import type { Headers } from '../../../history/entry.ts';
import type { HttpAnswer } from '../../http/http-exchange.ts';
import { finds } from './provocation.ts';

const OUR_OWN_YEAR = 'Thu, 01 Jan 2015 00:00:00 GMT';

/** Endpoints that fail one by one (failure notes FM-13, FM-21, FM-74). */
export const HTTP_ODDITIES: readonly Fault[] = [
  endpointFault(
    'health-500',
    '/health',
    { status: 500, body: { detail: 'Internal Server Error' } },
    [finds('preflight', 'health-failed'), failed('product')],
    'FM-13',
  ),
  hiddenHealth('health-429', 429, { 'retry-after': '30' }),
  hiddenHealth('health-401', 401, { 'www-authenticate': 'Basic realm="staging"' }),
  hiddenHealth('health-302', 302, { location: 'https://login.invalid/' }),
  endpointFault('health-shape', '/health', { status: 200, body: { status: 'starting' } }, [
    finds('preflight', 'health-failed'),
    finds('endpoint', 'endpoint-malformed'),
  ]),
  endpointFault(
    'readiness-503',
    '/health/ready',
    { status: 503, body: { status: 'unhealthy' } },
    [failed('environment')],
    'FM-74',
  ),
  endpointFault('api-health-404', '/api/health', { status: 404, body: { detail: 'Not Found' } }, [failed('product')]),
  endpointFault(
    'health-contradicts-itself',
    '/health',
    { status: 200, body: { status: 'healthy', checks: { database: 'failed', redis: 'ok' } } },
    [finds('endpoint', 'health-contradicts-itself')],
  ),
  endpointFault('websocket-config-shape', '/ws/config', { status: 200, body: { websocket: {} } }, [
    finds('endpoint', 'endpoint-malformed'),
  ]),
  endpointFault('mcp-config-empty', '/api/mcp/config', { status: 200, body: {} }, [
    finds('endpoint', 'endpoint-malformed'),
  ]),
  {
    name: 'clock-skew',
    does: 'Says in the Date header of GET /health that it is another year.',
    hits: 'GET /health',
    mustFind: [finds('preflight', 'clock-skewed')],
    diagnosis: 'clock-skewed',
    http: (answer, { path }) =>
      path === '/health' ? { ...answer, headers: { ...answer.headers, date: OUR_OWN_YEAR } } : answer,
  },
  {
    name: 'exchange-503',
    does: 'Answers the token endpoint with 503.',
    hits: 'POST /auth/e2e/test-auth',
    tokens: 'exchanged',
    mustFind: [finds('preflight', 'token-unavailable'), finds('handshake', 'token-unavailable')],
    diagnosis: 'FM-21',
    http: (answer, { path }) =>
      path === '/auth/e2e/test-auth' ? { status: 503, body: { detail: 'Auth service unavailable' } } : answer,
  },
];

function failed(blame: Blame): ExpectedFinding {
  return finds('endpoint', 'endpoint-failed', blame);
}

/** What a limit, a login or a redirect in front of the service answers to GET /health; sockets are served all the same. */
function hiddenHealth(name: string, status: number, headers: Headers): Fault {
  const mustFind = [finds('preflight', 'health-failed'), failed('environment')];
  return endpointFault(name, '/health', { status, headers, body: {} }, mustFind, 'health-hidden');
}

function endpointFault(
  name: string,
  path: string,
  answer: HttpAnswer,
  mustFind: readonly ExpectedFinding[],
  diagnosis = 'endpoint-wrong',
): Fault {
  return {
    name,
    does: `Answers GET ${path} with ${answer.status} ${JSON.stringify(answer.body)}.`,
    hits: `GET ${path}`,
    mustFind,
    diagnosis,
    http: (healthy, request) => (request.path === path ? answer : healthy),
  };
}
