import { connectionsOf } from '../../history/connections.ts';
import type { Connection } from '../../history/connections.ts';
import type { EntryOf, Headers, History } from '../../history/entry.ts';
import { harMessages } from './har-message.ts';
import { nameValues, queryOf } from '../http-exchange.ts';

const VERSION = '1';
const SWITCHING_PROTOCOLS = 101;

/**
 * The history as HAR 1.2 with `_webSocketMessages`, for the network panel of Chrome DevTools: an entry per connection, and
 * one per HTTP request beside them. `zeroMs` is the epoch at which the clock of the history stood at zero.
 */
export function har(history: History, zeroMs: number) {
  const probes = history.filter((entry): entry is EntryOf<'probe'> => entry.kind === 'probe');
  const entries = [
    ...connectionsOf(history).flatMap((connection) => socketEntry(connection, zeroMs)),
    ...probes.flatMap((probe) => probeEntry(probe, zeroMs)),
  ];
  const creator = { name: 'staging-websocket-e2e', version: VERSION };
  const sorted = entries.toSorted((a, b) => (a.startedDateTime < b.startedDateTime ? -1 : 1));
  return { log: { version: '1.2', creator, pages: [], entries: sorted } };
}

function socketEntry({ name, request, answer, refused, opened, entries }: Connection, zeroMs: number) {
  if (request === undefined) return [];
  const decided = answer ?? opened ?? refused ?? request;
  const last = entries.at(-1) ?? request;
  return [
    {
      ...exchange(
        `GET ${request.url}`,
        request.headers,
        answer?.status ?? (opened === undefined ? 0 : SWITCHING_PROTOCOLS),
        answer?.headers ?? {},
        answer?.body,
      ),
      startedDateTime: isoOf(zeroMs + request.atMs),
      time: last.atMs - request.atMs,
      timings: timingsOf(decided.atMs - request.atMs),
      comment: `${name}: ${request.user}, credential ${request.credential}${refused === undefined ? '' : `; ${refused.because}`}`,
      _resourceType: 'websocket',
      _webSocketMessages: entries.flatMap((entry) => harMessages(entry, zeroMs)),
    },
  ];
}

function probeEntry(probe: EntryOf<'probe'>, zeroMs: number) {
  const { target, status = 0, headers = {}, body, durationMs, name, error } = probe;
  if (!/^[A-Z]+ https?:/.test(target)) return [];
  return [
    {
      ...exchange(target, {}, status, headers, body),
      startedDateTime: isoOf(zeroMs + probe.atMs - durationMs),
      time: durationMs,
      timings: timingsOf(durationMs),
      comment: error === undefined ? name : `${name}: ${error}`,
      _resourceType: 'fetch',
    },
  ];
}

function exchange(target: string, sent: Headers, status: number, received: Headers, body = '') {
  const [method = '', url = ''] = target.split(' ');
  const sizes = { headersSize: -1, bodySize: -1 };
  const mimeType = received['content-type'] ?? 'x-unknown';
  return {
    request: {
      method,
      url,
      httpVersion: 'http/1.1',
      cookies: [],
      headers: nameValues(sent),
      queryString: queryOf(url),
      ...sizes,
    },
    response: {
      status,
      statusText: '',
      httpVersion: 'http/1.1',
      cookies: [],
      headers: nameValues(received),
      content: { size: body.length, mimeType, text: body },
      redirectURL: received['location'] ?? '',
      ...sizes,
    },
    cache: {},
  };
}

function timingsOf(wait: number) {
  return { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait, receive: 0 };
}

function isoOf(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
