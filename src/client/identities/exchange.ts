import { z } from 'zod';
import { readBody } from '../read-body.ts';
import { withExactIds } from '../../protocol/exact-ids.ts';
import { isJsonObject } from '../../protocol/fields.ts';

/** One request to the auth service, as it went, for the recorder. Not redacted; `body` holds at most 4 KB. */
export interface ExchangeProbe {
  readonly method: 'POST';
  readonly url: string;
  readonly durationMs: number;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Set when no answer came. */
  readonly error?: string;
}

/** What is exchanged, and where. */
export interface ExchangeOptions {
  readonly authUrl: string;
  readonly simulationKey: string;
  readonly email: string;
  /** Default 10000. */
  readonly deadlineMs?: number;
  readonly observe?: (probe: ExchangeProbe) => void;
}

/** A token, or why there is none. `body` holds at most 4 KB and is empty when no answer came. */
export type Exchanged =
  | { readonly ok: true; readonly token: string; readonly userId: string; readonly email: string }
  | {
      readonly ok: false;
      readonly status?: number;
      readonly body: string;
      readonly because: string;
      readonly cause?: unknown;
    };

const ADVICE: Readonly<Record<number, string>> = {
  401: 'the auth service refused E2E_OAUTH_SIMULATION_KEY. Compare it with the key of the deployment',
  403: 'the auth service takes itself for production. Check AUTH_URL',
  404: 'there is no such endpoint. Check AUTH_URL',
  422: 'the auth service could not read the request',
  503: 'the auth service has no E2E_OAUTH_SIMULATION_KEY configured. Configure it there, or set JWT_SECRET instead',
};

const BODY_LIMIT = 4096;
/** Some services number their users; the digits are kept as they were sent. */
const USER_ID = z.union([z.string().min(1), z.int().transform(String)], 'a text or a whole number');

const ANSWER = z.object({
  access_token: z.string().min(1),
  user: z.object({ id: USER_ID, email: z.string().min(1) }),
});

/**
 * Asks `POST {auth}/auth/e2e/test-auth` for a token of the user with this e-mail (protocol notes §3.5). Never throws for an
 * answer or for its absence, never tries another way.
 */
export async function exchangeToken(options: ExchangeOptions): Promise<Exchanged> {
  const url = `${options.authUrl}/auth/e2e/test-auth`;
  const startedMs = performance.now();
  const passedMs = () => performance.now() - startedMs;
  const observe = options.observe ?? (() => undefined);
  try {
    const { status, headers, body } = await post(url, options);
    const kept = body.slice(0, BODY_LIMIT);
    observe({ method: 'POST', url, durationMs: passedMs(), status, headers, body: kept });
    return status === 200 ? tokenFrom(body) : { ok: false, status, body: kept, because: exchangeRefusal(status, url) };
  } catch (cause) {
    const error = `no answer from ${url}: ${reasonOf(cause)}`;
    observe({ method: 'POST', url, durationMs: passedMs(), error });
    return { ok: false, body: '', because: `Token exchange: ${error}. Check AUTH_URL and the network.`, cause };
  }
}

async function post(url: string, { deadlineMs = 10_000, ...options }: ExchangeOptions) {
  const startedMs = performance.now();
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-e2e-bypass-key': options.simulationKey },
    body: JSON.stringify({ email: options.email, name: 'Staging WebSocket E2E', simulate_oauth: true }),
    redirect: 'manual',
    signal: AbortSignal.timeout(deadlineMs),
  });
  const { text, error } = await readBody(answer.body, { deadlineMs: deadlineMs - (performance.now() - startedMs) });
  if (error !== undefined) throw new Error(error);
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: text };
}

function tokenFrom(body: string): Exchanged {
  const answer = jsonOf(body);
  const read = ANSWER.safeParse(answer);
  if (read.success) {
    return { ok: true, token: read.data.access_token, userId: read.data.user.id, email: read.data.user.email };
  }
  const paths = read.error.issues.map(({ path }) => path);
  const shapes = paths.map((path) => shapeAt(answer, path)).filter((shape) => shape !== undefined);
  const missing = paths.filter((path) => shapeAt(answer, path) === undefined).map((path) => path.join('.'));
  const found = [...(missing.length === 0 ? [] : [`no ${missing.join(', ')}`]), ...shapes].join(', ');
  const because = `Token exchange: expected access_token, user.id and user.email in the answer, found ${found}.`;
  return { ok: false, status: 200, body: body.slice(0, BODY_LIMIT), because };
}

/** What stands at a place of the answer, without its value; `undefined` where nothing does. */
function shapeAt(answer: unknown, path: readonly PropertyKey[]): string | undefined {
  let value = answer;
  for (const name of path) value = isJsonObject(value) && typeof name === 'string' ? value[name] : undefined;
  if (value === undefined) return path.length === 0 ? 'no JSON object' : undefined;
  const kind =
    value === null ? 'null' : Array.isArray(value) ? 'a list' : value === '' ? 'an empty text' : `a ${typeof value}`;
  return `${path.join('.') || 'the answer'} as ${kind}`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(withExactIds(text));
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}, ${cause.cause.message}` : cause.message;
}

/** Why an exchange that was answered with `status` gave no token, and what to do (statuses: protocol notes §3.5). */
function exchangeRefusal(status: number, url: string): string {
  const advice = ADVICE[status] ?? (status >= 500 ? 'the auth service failed' : 'the answer is not one it documents');
  return `Token exchange: expected 200 from POST ${url}, got ${status}: ${advice}.`;
}
