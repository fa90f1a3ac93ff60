import type { IncomingMessage } from 'node:http';
import { E2E_HEADER_NAMES } from '../../protocol/e2e-headers.ts';
import type { UpgradeAttempt } from '../behaviour/attempt.ts';
import { tokenIn } from './carriers.ts';
import type { TokenPlace } from './carriers.ts';
import { headersOf } from '../http/http-text.ts';
import type { Verify } from './verify-token.ts';

const MARKS = E2E_HEADER_NAMES.filter((name) => /test|e2e/.test(name));

/** Reads an upgrade request and judges its token. `number` counts upgrade requests from 1. */
export async function readAttempt(
  request: IncomingMessage,
  number: number,
  carriers: readonly TokenPlace[],
  verify: Verify,
): Promise<UpgradeAttempt> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://twin');
  const headers = headersOf(request);
  const query = Object.fromEntries(searchParams);
  const offered = offeredIn(headers['sec-websocket-protocol']);
  const token = tokenIn({ headers, offered, query }, carriers);
  return {
    number,
    clientPort: request.socket.remotePort,
    path: pathname,
    query,
    headers,
    offered,
    marked: MARKS.some((name) => headers[name] !== undefined),
    credential: await verify(token),
  };
}

function offeredIn(header: string | undefined): readonly string[] {
  return (header ?? '')
    .split(',')
    .map((protocol) => protocol.trim())
    .filter((protocol) => protocol !== '');
}
