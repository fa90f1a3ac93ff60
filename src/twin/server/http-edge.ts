import { Buffer } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { setTimeout as sleep } from 'node:timers/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { headersOf } from '../http/http-text.ts';
import { tokenIn } from '../handshake/carriers.ts';
import type { HttpAnswer, HttpContext, HttpRequest } from '../http/http-exchange.ts';
import type { TwinParts } from './parts.ts';

const LARGEST_BODY_BYTES = 65_536;

/** Answers plain HTTP requests. The returned function is the listener for a server's `request` event. */
export function createHttpEdge(
  parts: TwinParts,
  context: HttpContext,
): (request: IncomingMessage, response: ServerResponse) => void {
  let requests = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse, number: number): Promise<void> => {
    const read = await readRequest(request, number, parts);
    const { status, headers, body, afterMs, hostile } = parts.engine.http(await routed(read, parts, context), read);
    if (afterMs !== undefined) await sleep(afterMs, undefined, { ref: false });
    parts.journal.note(read.clientPort, { kind: 'http', method: read.method, path: read.path, status });
    const text = JSON.stringify(body);
    if (hostile !== undefined) return sendHostile(response, status, text, hostile);
    response.writeHead(status, {
      server: 'uvicorn',
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    });
    response.end(text);
  };

  return (request, response) => {
    requests++;
    answer(request, response, requests).catch(() => response.destroy());
  };
}

const CHUNK = Buffer.alloc(65_536, ' ');
const BOMB_BYTES = 20_000_000;

/** Sends a body that exhausts who reads it to its end. */
function sendHostile(
  response: ServerResponse,
  status: number,
  text: string,
  how: NonNullable<HttpAnswer['hostile']>,
): void {
  const isBomb = how === 'bomb';
  response.writeHead(status, { 'content-type': 'application/json', ...(isBomb && { 'content-encoding': 'gzip' }) });
  if (isBomb) return void response.end(gzipSync(Buffer.alloc(BOMB_BYTES, ' '), { level: 9 }));
  response.write(text.slice(0, -1));
  if (how === 'stalled') return;
  const sendMore = (): void => {
    if (response.writable && response.write(CHUNK)) setImmediate(sendMore);
  };
  response.on('drain', sendMore);
  sendMore();
}

async function routed(request: HttpRequest, { profile }: TwinParts, context: HttpContext): Promise<HttpAnswer> {
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = profile.routes[`${method} ${request.path}`];
  return route === undefined ? { status: 404, body: { detail: 'Not Found' } } : route(request, context);
}

async function readRequest(request: IncomingMessage, number: number, parts: TwinParts): Promise<HttpRequest> {
  const headers = headersOf(request);
  const token = tokenIn({ headers, offered: [], query: {} }, [{ kind: 'bearer' }]);
  return {
    number,
    clientPort: request.socket.remotePort,
    method: request.method ?? 'GET',
    path: new URL(request.url ?? '/', 'http://twin').pathname,
    headers,
    body: await bodyOf(request),
    credential: await parts.verify(token),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const part = Buffer.from(chunk);
    bytes += part.length;
    if (bytes > LARGEST_BODY_BYTES) throw new Error(`Twin: expected a body of at most ${LARGEST_BODY_BYTES} bytes.`);
    chunks.push(part);
  }
  return Buffer.concat(chunks).toString('utf8');
}
