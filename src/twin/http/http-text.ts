import { Buffer } from 'node:buffer';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Headers } from '../../history/entry.ts';

/** A whole HTTP/1.1 answer, for a socket whose upgrade is refused. */
export function httpText(status: number, headers: Headers, body: string, epochMs: number): string {
  const reason = STATUS_CODES[status] ?? '';
  const text = body === '' ? reason : body;
  const all: Headers = {
    date: new Date(epochMs).toUTCString(),
    server: 'uvicorn',
    connection: 'close',
    'content-type': text.startsWith('{') ? 'application/json' : 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(text)),
    ...headers,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${status} ${reason}`, ...lines, '', text].join('\r\n');
}

/** The headers of a request; repeated ones joined as HTTP joins them. */
export function headersOf({ headers }: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}
