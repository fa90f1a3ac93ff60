import type { Connection } from '../history/connections.ts';
import type { EntryOf, Headers } from '../history/entry.ts';

/** MIME type under which Allure draws an HTTP exchange. */
export const HTTP_EXCHANGE_TYPE = 'application/vnd.allure.http+json';

interface NameValue {
  readonly name: string;
  readonly value: string;
}

interface Body {
  readonly contentType?: string;
  readonly encoding: 'utf8';
  readonly value: string;
  readonly size: number;
}

/** An HTTP exchange as Allure draws it (`allure-js-commons`, schema version 1). Times are epoch milliseconds. */
export interface HttpExchange {
  readonly schemaVersion: 1;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly headers: readonly NameValue[];
    readonly query: readonly NameValue[];
  };
  readonly response?: {
    readonly status: number;
    readonly headers: readonly NameValue[];
    readonly body?: Body;
  };
  readonly error?: { readonly name: string; readonly message: string };
  readonly start: number;
  readonly stop: number;
}

/** The upgrade of a connection; undefined when none was asked for. `zeroMs` is the epoch at which the clock stood at zero. */
export function handshakeExchange(connection: Connection, zeroMs: number): HttpExchange | undefined {
  const { request, answer, refused, opened } = connection;
  if (request === undefined) return undefined;
  const end = answer ?? refused ?? opened ?? request;
  return {
    schemaVersion: 1,
    request: requestOf(`GET ${request.url}`, request.headers),
    ...(answer !== undefined && { response: responseOf(answer.status, answer.headers, answer.body) }),
    ...(refused !== undefined && { error: { name: refused.code ?? 'refused', message: refused.because } }),
    start: zeroMs + request.atMs,
    stop: zeroMs + end.atMs,
  };
}

/** An HTTP request beside the socket; undefined for a probe that is none, such as a TCP connection. */
export function probeExchange(probe: EntryOf<'probe'>, zeroMs: number): HttpExchange | undefined {
  const { target, status, headers = {}, body, error, atMs, durationMs } = probe;
  if (!/^[A-Z]+ https?:/.test(target)) return undefined;
  return {
    schemaVersion: 1,
    request: requestOf(target, {}),
    ...(status !== undefined && { response: responseOf(status, headers, body) }),
    ...(error !== undefined && { error: { name: 'failed', message: error } }),
    start: zeroMs + atMs - durationMs,
    stop: zeroMs + atMs,
  };
}

/** `target` is a method and an address, as in `GET https://host/health`. */
function requestOf(target: string, headers: Headers): HttpExchange['request'] {
  const [method = '', url = ''] = target.split(' ');
  return { method, url, httpVersion: 'HTTP/1.1', headers: nameValues(headers), query: queryOf(url) };
}

function responseOf(status: number, headers: Headers, body: string | undefined): NonNullable<HttpExchange['response']> {
  const contentType = headers['content-type'];
  return {
    status,
    headers: nameValues(headers),
    ...(body !== undefined && {
      body: {
        ...(contentType !== undefined && { contentType }),
        encoding: 'utf8',
        value: body,
        size: body.length,
      },
    }),
  };
}

/** Headers as HAR and Allure list them. */
export function nameValues(headers: Headers): readonly NameValue[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

/** The query of an address, as it stands there. */
export function queryOf(url: string): readonly NameValue[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => ({ name: pair.split('=')[0] ?? '', value: pair.slice(pair.indexOf('=') + 1) }));
}
