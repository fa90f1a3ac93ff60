import { connectionsOf } from '../history/connections.ts';
import type { Connection } from '../history/connections.ts';
import type { Entry, EntryOf, Headers, History } from '../history/entry.ts';
import { nameValues, queryOf } from './http-exchange.ts';

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

/** Opcodes of RFC 6455 §5.2, as Chrome DevTools lists them. */
export const OPCODES = { text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame in the format of Chrome DevTools: `time` is in seconds since the epoch, binary data is base64. */
interface HarMessage {
  readonly type: 'send' | 'receive';
  readonly time: number;
  readonly opcode: number;
  readonly data: string;
}

const MS_PER_SECOND = 1000;

/** The frame that an entry is; none for what is no frame. The data of a close frame is code and reason as text. */
function harMessages(entry: Entry, zeroMs: number): readonly HarMessage[] {
  const at = (direction: 'sent' | 'received', opcode: number, data: string): readonly HarMessage[] => [
    { type: direction === 'sent' ? 'send' : 'receive', time: (zeroMs + entry.atMs) / MS_PER_SECOND, opcode, data },
  ];
  if (entry.kind === 'sent' || entry.kind === 'received') return at(entry.kind, OPCODES.text, entry.text);
  if (entry.kind === 'control') return at(entry.direction, OPCODES[entry.opcode], entry.payload);
  if (entry.kind === 'unreadable') {
    return entry.why === 'binary'
      ? at(entry.direction, OPCODES.binary, base64OfHexadecimal(entry.excerpt))
      : at(entry.direction, OPCODES.text, entry.excerpt);
  }
  if (entry.kind !== 'closed') return [];
  return at(entry.by === 'us' ? 'sent' : 'received', OPCODES.close, `${entry.code} ${entry.reason}`.trim());
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes in hexadecimal as base64 (RFC 4648 §4). What is no hexadecimal, such as a mark of the redactor, is left out. */
function base64OfHexadecimal(hexadecimal: string): string {
  const bits = (hexadecimal.match(/[0-9a-f]{2}/gi) ?? [])
    .map((byte) => Number.parseInt(byte, 16).toString(2).padStart(8, '0'))
    .join('');
  const characters = (bits.match(/.{1,6}/g) ?? []).map((six) => ALPHABET[Number.parseInt(six.padEnd(6, '0'), 2)]);
  return characters.join('').padEnd(Math.ceil(characters.length / 4) * 4, '=');
}
