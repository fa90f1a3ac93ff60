import type { ExpectedFinding, Fault } from '../fault.ts';
import type { Decision } from '../../behaviour/attempt.ts';
import type { HandshakeContext } from '../../behaviour/context.ts';
import { refuseWith } from '../../handshake/decisions.ts';
import { finds } from './provocation.ts';

const LOAD_BALANCER = { server: 'Google Frontend', 'content-type': 'text/html; charset=UTF-8' };
const FORBIDDEN_PAGE =
  '<!doctype html><html><head><title>403</title></head><body>403 Forbidden: rule 942421</body></html>';

/** Upgrades that fail because of what is in front of the service, or because it is not up yet (failure notes §2.1). */
export const UPGRADE_ODDITIES: readonly Fault[] = [
  always('upgrade-301', 'Redirects every upgrade request.', finds('handshake', 'upgrade-redirected'), 'FM-80', () =>
    refuseWith(301, '', { location: 'https://elsewhere.invalid/ws' }),
  ),
  always(
    'upgrade-200',
    'Answers every upgrade request with HTTP 200.',
    finds('handshake', 'upgrade-ignored'),
    'FM-80',
    () => refuseWith(200, '{"status":"ok"}'),
  ),
  always(
    'upgrade-429',
    'Answers every upgrade request with HTTP 429.',
    finds('handshake', 'limit-reached'),
    'FM-71',
    () => refuseWith(429, '{"detail":"Too many requests"}', { 'retry-after': '30' }),
  ),
  always(
    'upgrade-502',
    'Answers every upgrade request with HTTP 502.',
    finds('handshake', 'service-unavailable'),
    'FM-15',
    () => refuseWith(502, '', LOAD_BALANCER),
  ),
  always(
    'upgrade-504',
    'Answers every upgrade request with HTTP 504.',
    finds('handshake', 'service-unavailable'),
    'FM-15',
    () => refuseWith(504, '', LOAD_BALANCER),
  ),
  always(
    'upgrade-403-by-proxy',
    'Refuses every upgrade request with the page of a load balancer.',
    finds('handshake', 'refused-by-proxy'),
    'FM-05',
    () => refuseWith(403, FORBIDDEN_PAGE, LOAD_BALANCER),
  ),
  always(
    'upgrade-cut',
    'Cuts the connection at every upgrade request.',
    finds('handshake', 'unreachable'),
    'upgrade-cut',
    () => ({
      kind: 'cut',
    }),
  ),
  {
    name: 'backend-down',
    does: 'Answers everything with 503, upgrades and HTTP alike.',
    hits: 'every request',
    mustFind: [
      finds('handshake', 'service-unavailable'),
      finds('preflight', 'health-failed'),
      finds('endpoint', 'endpoint-failed', 'environment'),
    ],
    diagnosis: 'FM-13',
    handshake: () => refuseWith(503, '', LOAD_BALANCER),
    http: () => ({ status: 503, body: { detail: 'Service Unavailable' } }),
  },
  {
    name: 'crash-loop',
    does: 'Answers upgrade requests with 500, 503, 500 and then lets one wait for ever, over and over.',
    hits: 'handshake',
    mustFind: [finds('handshake', 'upgrade-crashed')],
    mayAlsoFind: [
      finds('handshake', 'service-unavailable'),
      finds('handshake', 'upgrade-unanswered'),
      finds('e2e-headers', 'headers-change-behaviour'),
    ],
    diagnosis: 'FM-14',
    handshake: (_decision, { attempt }) => CRASHES[(attempt.number - 1) % CRASHES.length] ?? HANG,
  },
  {
    name: 'connection-limit-503',
    does: 'Answers every second upgrade request with 503, as a proxy does whose limit of connections is reached.',
    hits: 'every second handshake',
    mustFind: [finds('handshake', 'service-unavailable')],
    mayAlsoFind: [finds('e2e-headers', 'headers-change-behaviour'), finds('fan-out', 'fan-out-missing')],
    diagnosis: 'served-and-refused',
    handshake: (decision, { attempt }) => (attempt.number % 2 === 0 ? refuseWith(503, '', LOAD_BALANCER) : decision),
  },
  {
    name: 'cold-start',
    does: 'Answers the first upgrade request of its life with 503, and serves the others.',
    hits: 'the first handshake',
    mustFind: [finds('handshake', 'service-unavailable')],
    mayAlsoFind: [finds('e2e-headers', 'headers-change-behaviour')],
    diagnosis: 'FM-75',
    handshake: (decision, { attempt }) => (attempt.number === 1 ? refuseWith(503, '', LOAD_BALANCER) : decision),
  },
];

const HANG: Decision = { kind: 'hang' };
const CRASHES: readonly Decision[] = [refuseWith(500), refuseWith(503), refuseWith(500), HANG];

function always(
  name: string,
  does: string,
  mustFind: ExpectedFinding,
  diagnosis: string,
  decide: (context: HandshakeContext) => Decision,
): Fault {
  return {
    name,
    does,
    hits: 'handshake',
    mustFind: [mustFind],
    diagnosis,
    handshake: (_decision, context) => decide(context),
  };
}
