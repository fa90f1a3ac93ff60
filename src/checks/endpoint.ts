import { z } from 'zod';
import type { EntryOf, History, Probe } from '../history/entry.ts';
import { allOf } from '../history/connections.ts';
import type { ENDPOINT_PROBES } from '../history/probe-names.ts';
import { isJsonObject } from '../protocol/fields.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Check } from './verdict.ts';

const UP = ['healthy', 'ok', 'ready', 'degraded'] as const;

const health = z.looseObject({ status: z.enum(UP) });

/** What a service endpoint must answer (protocol notes §1.2). */
export interface Endpoint {
  readonly path: string;
  readonly shape: z.ZodType;
  /** Statuses other than 200 that say nothing about the service (protocol notes §1.2, readiness middleware). */
  readonly inconclusive?: readonly number[];
}

/** The HTTP endpoints beside the WebSocket, by the name of their probe. */
export const ENDPOINTS = {
  health: { path: '/health', shape: health },
  'api-health': { path: '/api/health', shape: health },
  readiness: { path: '/health/ready', shape: health },
  'websocket-health': { path: '/ws/health', shape: health, inconclusive: [400, 408, 503] },
  'websocket-config': {
    path: '/ws/config',
    shape: z.union([
      z.looseObject({ websocket: z.looseObject({ endpoint: z.string() }) }),
      z.looseObject({ websocket_config: z.looseObject({ heartbeat_interval: z.number() }) }),
    ]),
    inconclusive: [400, 408, 503],
  },
  discovery: {
    path: '/api/discovery/services',
    shape: z.looseObject({ services: z.looseObject({ backend: z.looseObject({}) }) }),
  },
  'mcp-config': {
    path: '/api/mcp/config',
    shape: z.looseObject({}).refine((config) => Object.keys(config).length > 0, 'must not be empty'),
  },
  'mcp-servers': {
    path: '/api/mcp/servers',
    shape: z.union([z.array(z.unknown()), z.looseObject({ data: z.array(z.unknown()) })]),
  },
} as const satisfies Readonly<Record<(typeof ENDPOINT_PROBES)[number], Endpoint>>;

export type EndpointName = keyof typeof ENDPOINTS;

/**
 * A service endpoint answers 200 in its documented shape. `degraded` is a note, not a failure (failure notes FM-73). So is a
 * status that a middleware may have sent in place of the endpoint.
 */
export function endpoint(name: EndpointName): Check {
  const documented: Endpoint = ENDPOINTS[name];
  const promise = `GET ${documented.path} answers 200 in its documented shape`;
  return (history: History) => {
    const judging = judgement('endpoint', promise);
    for (const probe of allOf(history, 'probe').filter((candidate) => candidate.name === name)) {
      judge(judging, probe, documented, promise);
    }
    return judging.verdict(`${documented.path} answered as documented`);
  };
}

function judge(
  judging: Judgement,
  probe: EntryOf<'probe'>,
  { shape, inconclusive = [] }: Endpoint,
  expected: string,
): void {
  const entries = [probe.index];
  judging.cite(probe);
  if (inconclusive.some((status) => status === probe.status)) {
    const because = `${probe.target} answered ${probe.status}: a middleware may answer for it`;
    return judging.note({ code: 'probe-blocked', because, entries });
  }
  if (probe.status !== 200) {
    const location = redirectOf(probe);
    const found = probe.status === undefined ? (probe.error ?? 'no answer') : `HTTP ${probe.status}${location}`;
    const because = `${probe.target} gave ${found} after ${Math.round(probe.durationMs)} ms${quote(probe.body)}`;
    const blame = isAnsweredInFront(probe.status) ? 'environment' : 'product';
    return judging.violated({ code: 'endpoint-failed', blame, expected, found, because, entries });
  }
  const parsed = shape.safeParse(parseJson(probe.body));
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error).replaceAll(/\s+/g, ' ');
    const because = `${probe.target} answered 200, but ${probe.error ?? problem}${quote(probe.body)}`;
    return judging.violated({ code: 'endpoint-malformed', expected, found: problem, because, entries });
  }
  noteDegradedAnswer(judging, probe);
  judgeOwnChecks(judging, probe, parseJson(probe.body));
}

const SAYS_WELL = /^(?:healthy|ok|ready|up|pass)$/i;
const SAYS_FAILED = /^(?:fail|err|unhealthy|down$|critical|unavailable|dead|disconnected|time.?d?.?out|unreachable)/i;
const OWN_CHECKS = /^(?:checks?|services?|components?|dependencies|subsystems?)$/;

/**
 * A health that says "healthy" while one of the checks that it lists failed contradicts itself, and whoever relies on it is
 * misled: a finding. What says "degraded" beside a failed check says the truth; "disabled" and "not configured" are no failure.
 */
function judgeOwnChecks(judging: Judgement, { target, index }: EntryOf<'probe'>, body: unknown): void {
  if (!isJsonObject(body) || typeof body['status'] !== 'string' || !SAYS_WELL.test(body['status'])) return;
  const failed = Object.entries(body)
    .filter(([name]) => OWN_CHECKS.test(name))
    .flatMap(([name, checks]) => failedChecks(checks, name));
  if (failed.length === 0) return;
  judging.violated({
    code: 'health-contradicts-itself',
    expected: 'a status that agrees with its own checks',
    found: failed.join(', '),
    because: `${target} says ${JSON.stringify(body['status'])}, and of its own checks ${failed.join(', ')}`,
    entries: [index],
  });
}

function failedChecks(checks: unknown, path: string): readonly string[] {
  if (!isJsonObject(checks) && !Array.isArray(checks)) return [];
  return Object.entries(checks).flatMap(([name, check]: [string, unknown]) => {
    const at = `${path}.${name}`;
    if (check === false || (typeof check === 'string' && SAYS_FAILED.test(check)))
      return [`${at} says ${JSON.stringify(check)}`];
    if (!isJsonObject(check)) return [];
    const says = [check['status'], check['state'], check['healthy'], check['ok']].find(
      (value) => value === false || (typeof value === 'string' && SAYS_FAILED.test(value)),
    );
    return says === undefined ? [] : [`${at} says ${JSON.stringify(says)}`];
  });
}

/** No answer, and answers of a gateway, a limit, a login or a redirect, are not those of the service. */
function isAnsweredInFront(status: number | undefined): boolean {
  if (status === undefined || status >= 502) return true;
  return [401, 403, 429].includes(status) || (status >= 300 && status < 400);
}

function quote(body: string | undefined): string {
  return body === undefined || body === '' ? '' : `; body ${JSON.stringify(body.slice(0, 160))}`;
}

/** Where an answer redirects to, as a clause; empty where it does not. Redirects are not followed: something in front answered. */
export function redirectOf({ status = 0, headers }: Pick<Probe, 'status' | 'headers'>): string {
  const isRedirect = status >= 300 && status < 400 && status !== 304;
  return isRedirect ? `, redirected to ${headers?.['location'] ?? 'nowhere (no Location header)'}` : '';
}

/** The value of a JSON text, or `undefined` when it is none. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

const SAYS_DEGRADED = /"status"\s*:\s*"degraded"/;

/** A health answer that says `degraded` is a note, not a failure (failure notes FM-73). */
export function noteDegradedAnswer(judging: Judgement, { target, body, index }: EntryOf<'probe'>): void {
  if (!SAYS_DEGRADED.test(body ?? '')) return;
  judging.note({ code: 'degraded', because: `${target} says "degraded"`, entries: [index] });
}
