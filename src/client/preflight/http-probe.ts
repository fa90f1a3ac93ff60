import { performance } from 'node:perf_hooks';
import { readBody } from '../read-body.ts';
import type { Probe } from '../../history/entry.ts';
import type { ProbeName } from '../../history/probe-names.ts';

/** A body that is late ends by its own deadline, so that what came of it is kept. */
const GRACE_MS = 100;

/** One HTTP request beside the socket. */
export interface HttpProbe {
  readonly name: ProbeName;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** What a POST sends as JSON; a GET without it. */
  readonly post?: Readonly<Record<string, unknown>>;
  readonly deadlineMs: number;
}

/**
 * Sends a GET, or a POST, and returns what came, whatever it was, as far as it came within the deadline and the limit of a body. Redirects
 * are not followed: they are an answer. Never throws.
 */
export async function probeHttp({ name, url, headers = {}, post, deadlineMs }: HttpProbe): Promise<Probe> {
  const start = performance.now();
  const probe = { kind: 'probe', name, target: `${post === undefined ? 'GET' : 'POST'} ${url}` } as const;
  try {
    const response = await fetch(url, {
      headers: post === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      ...(post !== undefined && { method: 'POST', body: JSON.stringify(post) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs + GRACE_MS),
    });
    const { text: body, error } = await readBody(response.body, {
      deadlineMs: deadlineMs - (performance.now() - start),
    });
    const durationMs = performance.now() - start;
    const answer = { status: response.status, headers: Object.fromEntries(response.headers), body };
    return { ...probe, durationMs, ...answer, ...(error !== undefined && { error }) };
  } catch (error) {
    return { ...probe, durationMs: performance.now() - start, error: describe(error) };
  }
}

/** `fetch` hides the reason of a failure in its cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : undefined;
  const code = cause !== undefined && 'code' in cause ? ` (${String(cause.code)})` : '';
  return `${error.message}${cause === undefined ? '' : `: ${cause.message}`}${code}`;
}
