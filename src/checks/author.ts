import type { Headers } from '../history/entry.ts';

/** An HTTP answer, as far as it shows who wrote it. Names of headers are in lower case. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body?: string | undefined;
}

/** Who wrote an answer: the service itself, or something in front of it; `unknown` where nothing shows it. */
export interface Author {
  readonly is: 'service' | 'front' | 'unknown';
  /** What shows it, as a clause; empty where nothing does. */
  readonly because: string;
}

const UNKNOWN: Author = { is: 'unknown', because: '' };

/** Servers of Python applications. */
const APPLICATION_SERVER = /^(?:uvicorn|hypercorn|daphne|gunicorn|granian|python)/i;
/** Sent only with answers that the named product writes itself: it hands on the server of others, or none. */
const OWN_SERVER =
  /^(?:awselb|akamaighost|cloudfront|kong|caddy|apache|squid|varnish|microsoft-(?:azure|iis|httpapi)|bigip|big-ip|imperva|sucuri|netlify|vercel|haproxy|traefik|litespeed)/i;
/** Sent with every answer that passes; these write short texts of their own. */
const PASSING_SERVER = /^(?:nginx|openresty|tengine|apisix|cloudflare|ats\b|pepyaka)/i;
const ENVOY = /envoy/i;
/** An answer of the upstream that passes Envoy carries its time. */
const ENVOY_UPSTREAM = 'x-envoy-upstream-service-time';

/** Headers of answers that a proxy, a gateway or a firewall writes itself. */
const OWN_HEADERS = [
  'x-goog-iap-generated-response',
  'x-amzn-errortype',
  'x-amzn-waf-action',
  'x-squid-error',
  'x-kong-response-latency',
  'cf-mitigated',
  'x-vercel-error',
  'x-sucuri-block',
  'x-datadome',
  'x-krakend',
  'x-generator',
  'proxy-authenticate',
] as const;

/** The load balancer of Google names itself in every answer, and writes pages of its own. */
const GOOGLE = /\bgoogle\b/i;

/** Texts that proxies, gateways and firewalls write, as complete or nearly complete bodies. */
const OWN_TEXTS =
  /^(?:RBAC: access denied|Jwt (?:is|verification|header|issuer|authentication)|upstream (?:connect|request)|no healthy upstream|error code: 1\d{3}|invalid IAP credentials|404 page not found|default backend - 404|401 unauthorized|403 forbidden|request blocked|access denied by)/i;
/** A Python application that shows its exception, even as a page. */
const TRACEBACK = 'Traceback (most recent call last)';
const PAGE_TYPE = /\b(?:x?html|xml)\b/i;
/** A page may begin with a byte order mark, an XML declaration and comments. */
const BEFORE_THE_PAGE = /^(?:\s|\uFEFF|<\?[^]*?\?>|<!--[^]*?-->)*/;
const TAG = /^<(?:!doctype|[a-z])/i;
/** The application checks bearer tokens; these schemes belong to proxies (RFC 7617, RFC 7616, RFC 4559). */
const PROXY_SCHEME = /^(?:basic|digest|negotiate|ntlm)\b/i;

/**
 * Who wrote an HTTP answer. Headers that only a proxy sends decide first, then the shape of the body: the application refuses
 * with JSON that has `detail`, `error` or `error_code`, with the bare words of the status, or with nothing (protocol notes
 * §9.1); pages and the JSON of gateways come from something in front of it.
 */
export function authorOf({ status, headers, body = '' }: Answer): Author {
  if (body.includes(TRACEBACK)) return service('its body is a Python traceback');
  const own = OWN_HEADERS.find((name) => headers[name] !== undefined);
  if (own !== undefined) return front(`it has the header ${own}`);
  if (PROXY_SCHEME.test(headers['www-authenticate'] ?? '')) {
    return front(`it asks for ${(headers['www-authenticate'] ?? '').split(' ', 1).join('')} authentication`);
  }
  if (isPage(headers, body)) return front('its body is a page');
  if (OWN_TEXTS.test(body.trim())) return front('its text is the text of a proxy');
  const json = jsonObject(body);
  if (json !== undefined) return authorOfJson(json, headers);
  return authorByServer(headers, isBare(status, body));
}

function isPage(headers: Headers, body: string): boolean {
  return PAGE_TYPE.test(headers['content-type'] ?? '') || TAG.test(body.replace(BEFORE_THE_PAGE, ''));
}

/** Gateways say `message`, with or without a number; Google's say `error: {code, message, status}`. */
function authorOfJson(json: Readonly<Record<string, unknown>>, headers: Headers): Author {
  if (/\bproblem\+json\b/i.test(headers['content-type'] ?? '')) return front('its JSON is problem details (RFC 9457)');
  const { error } = json;
  const isGoogles = typeof error === 'object' && error !== null && 'code' in error && 'status' in error;
  const isOurs = ['detail', 'error_code', 'error', 'status', 'type'].some((name) => name in json);
  if (isOurs && !isGoogles) return service('its JSON has the shape of the application');
  const byServer = authorByServer(headers, false);
  return byServer.is === 'service'
    ? byServer
    : front(`its JSON has the shape of a gateway (${Object.keys(json).join(', ')})`);
}

function authorByServer(headers: Headers, bare: boolean): Author {
  const server = headers['server'] ?? '';
  if (APPLICATION_SERVER.test(server)) return service(`its server is ${server}`);
  if (ENVOY.test(server)) {
    if (headers[ENVOY_UPSTREAM] !== undefined) return service(`${server} handed it on from the service`);
    return front(`its server is ${server}, and no upstream answered`);
  }
  if (OWN_SERVER.test(server)) return front(`its server is ${server}`);
  if (PASSING_SERVER.test(server) && !bare)
    return front(`its server is ${server}, and its text is not the application's`);
  const via = headers['via'] ?? '';
  if (via !== '' && !GOOGLE.test(via) && !bare)
    return front(`it came via ${via}, and its text is not the application's`);
  return UNKNOWN;
}

/** Nothing, or no more than the words of the status: what a Python server answers when an application closes before it accepts. */
function isBare(status: number, body: string): boolean {
  const text = body.trim().toLowerCase();
  return text === '' || (STATUS_WORDS[status] ?? []).includes(text);
}

const STATUS_WORDS: Readonly<Record<number, readonly string[]>> = {
  401: ['unauthorized'],
  403: ['forbidden'],
  404: ['not found'],
  405: ['method not allowed'],
  500: ['internal server error'],
  503: ['service unavailable'],
};

function jsonObject(body: string): Readonly<Record<string, unknown>> | undefined {
  if (!body.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function service(because: string): Author {
  return { is: 'service', because };
}

function front(because: string): Author {
  return { is: 'front', because };
}
