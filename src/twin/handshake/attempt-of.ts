import type { IncomingMessage } from 'node:http';
import type { Headers } from '../../history/entry.ts';
import { E2E_HEADER_NAMES } from '../../protocol/e2e-headers.ts';
import type { Attempt } from './attempt.ts';
import { tokenIn } from './carriers.ts';
import type { TwinParts } from '../server/parts.ts';

const MARKS = E2E_HEADER_NAMES.filter((name) => /test|e2e/.test(name));

/** Reads an upgrade request and judges its token. `number` counts upgrade requests from 1. */
export async function attemptOf(request: IncomingMessage, number: number, parts: TwinParts): Promise<Attempt> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://twin');
  const headers = headersOf(request);
  const query = Object.fromEntries(searchParams);
  const offered = offeredIn(headers['sec-websocket-protocol']);
  const token = tokenIn({ headers, offered, query }, parts.profile.carriers);
  return {
    number,
    clientPort: request.socket.remotePort,
    path: pathname,
    query,
    headers,
    offered,
    marked: MARKS.some((name) => headers[name] !== undefined),
    credential: await parts.verify(token),
  };
}

/** The headers of a request; repeated ones joined as HTTP joins them. */
export function headersOf({ headers }: IncomingMessage): Headers {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

function offeredIn(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '');
}
