import type { Headers } from '../../history/entry.ts';
import type { JsonObject } from '../../protocol/fields.ts';
import type { Credential } from '../behaviour/attempt.ts';
import type { Threads } from '../behaviour/threads.ts';
import type { TwinTiming } from '../behaviour/timing.ts';

/** One HTTP request beside the sockets. */
export interface HttpRequest {
  /** Counts the HTTP requests of this twin from 1. */
  readonly number: number;
  readonly clientPort: number | undefined;
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly credential: Credential;
}

/** What a route answers to one HTTP request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Headers;
  readonly body: JsonObject;
  /** How the body is sent where that is not in order: without end, as a gzip bomb, or never to its end. */
  readonly hostile?: 'endless' | 'bomb' | 'stalled';
  /** How long the answer takes. Milliseconds; default 0. */
  readonly afterMs?: number;
}

/** What an HTTP answer may depend on. */
export interface HttpContext {
  readonly pace: TwinTiming;
  readonly profileName: string;
  /** Host and port at which the twin listens. */
  readonly host: string;
  readonly simulationKey: string;
  readonly epochMs: () => number;
  readonly uptimeMs: () => number;
  readonly openConnections: () => number;
  readonly threads: Threads;
  /** Signs an access token with the twin's own secret. */
  readonly issueToken: (user: IssuedUser) => Promise<string>;
}

/** The user of an issued token. */
export interface IssuedUser {
  readonly id: string;
  readonly email: string;
  readonly permissions: readonly string[];
}

/** Answers one method and path, such as `GET /health`. */
export type HttpRoute = (request: HttpRequest, context: HttpContext) => HttpAnswer | Promise<HttpAnswer>;
