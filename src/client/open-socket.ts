import type { ClientRequest, IncomingMessage, InformationEvent } from 'node:http';
import type { Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { TLSSocket } from 'node:tls';
import WebSocket from 'ws';
import type { Limits } from '../history/budgets.ts';
import type { Headers } from '../history/entry.ts';
import type { Recorder } from '../history/recorder.ts';
import { readBody } from './read-body.ts';
import { recordSocket } from './record-socket.ts';
import { answerKeepAlive } from './verbs/keep-alive.ts';

/** One upgrade request. */
export interface Upgrade {
  readonly recorder: Recorder;
  readonly connection: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly subprotocols: readonly string[];
  /** The test user, and what the credential is: `valid`, or the kind of bad one. */
  readonly user: string;
  readonly credential: string;
  /** Offers permessage-deflate (RFC 7692). */
  readonly compression: boolean;
  readonly connectDeadlineMs: number;
  readonly limits: Limits;
  /** Called when the socket opens, before anything of the server is read. */
  readonly atOpen: (socket: WebSocket) => unknown;
}

/** The largest message a client accepts, in bytes; the command-line client of the product takes 5 MiB (protocol notes §13). */
const MAX_MESSAGE_BYTES = 5 * 1024 * 1024;
const BODY_LIMIT_BYTES = 4096;
const SWITCHING_PROTOCOLS = 101;
const EXCERPT_BYTES = 40;

/**
 * Sends the upgrade and records everything about it. Resolves when it is decided: open, refused, or unanswered; the history
 * says which. Never throws.
 */
export function openSocket(upgrade: Upgrade): Promise<WebSocket> {
  const { recorder, connection, connectDeadlineMs } = upgrade;
  const startMs = performance.now();
  const { socket, request } = dial(upgrade);
  answerKeepAlive(recorder, connection, socket);
  return new Promise((resolve) => {
    const refuse = (because: string, code?: string): void => {
      clearTimeout(timer);
      recorder.record(connection, { kind: 'refused', because, ...(code !== undefined && { code }) });
      resolve(socket);
    };
    let decided = false;
    const once = (decide: () => void): void => {
      if (decided) return;
      decided = true;
      decide();
    };
    const giveUp = (): void => {
      const afterMs = connectDeadlineMs;
      recorder.record(connection, { kind: 'deadline', limit: 'total', waitingFor: 'handshake', afterMs });
      refuse(`nothing more came within ${afterMs} ms`, 'ETIMEDOUT');
      socket.terminate();
    };
    // An answer may lie unread when our own loop was late: sockets are read before the immediate runs.
    const timer = setTimeout(() => setImmediate(() => once(giveUp)), connectDeadlineMs);
    const answered = (_request: ClientRequest, response: IncomingMessage): void =>
      once(() => {
        void refusedWith(upgrade, response, connectDeadlineMs - (performance.now() - startMs)).then((because) => {
          request.destroy();
          return refuse(because);
        });
      });
    const informed = (answer: InformationEvent): void => {
      if (answer.statusCode === SWITCHING_PROTOCOLS) once(() => refuse(switchedNothing(upgrade, answer, socket)));
    };
    const failed = (error: Error): void => once(() => refuse(describe(error), codeOf(error)));
    socket.once('upgrade', (response) => recordAnswer(upgrade, response));
    socket.once('unexpected-response', answered);
    socket.on('error', failed);
    request.on('information', informed);
    socket.once('open', () =>
      once(() => {
        clearTimeout(timer);
        recordSocket(recorder, connection, socket, upgrade.limits);
        // They hold the request, and with it the token, for as long as the socket lives.
        socket.off('unexpected-response', answered).off('error', failed);
        request.off('information', informed);
        upgrade.atOpen(socket);
        resolve(socket);
      }),
    );
  });
}

/** Makes the socket, and sends its upgrade request. */
function dial(upgrade: Upgrade): { readonly socket: WebSocket; readonly request: ClientRequest } {
  const requests: ClientRequest[] = [];
  const socket = new WebSocket(upgrade.url, [...upgrade.subprotocols], {
    headers: { ...upgrade.headers },
    autoPong: false,
    perMessageDeflate: upgrade.compression,
    maxPayload: MAX_MESSAGE_BYTES,
    finishRequest: (request) => void requests.push(request),
  });
  const [request] = requests;
  if (request === undefined) throw new Error('expected an upgrade request from the library ws, got none');
  recordRequest(upgrade, request);
  request.once('socket', (tcp) => recordStages(upgrade, tcp));
  request.end();
  return { socket, request };
}

/** Node takes a 101 without both headers of an upgrade for news, and would go on waiting for the answer. */
function switchedNothing({ recorder, connection }: Upgrade, answer: InformationEvent, socket: WebSocket): string {
  const { statusCode, headers } = answer;
  recorder.record(connection, { kind: 'handshake-answer', status: statusCode, headers: flat(headers) });
  setImmediate(() => socket.terminate());
  return 'it switches to no protocol';
}

/** `deadlineMs` is what is left of the deadline of the upgrade: answer and body have one together. */
async function refusedWith(upgrade: Upgrade, response: IncomingMessage, deadlineMs: number): Promise<string> {
  const { text } = await readBody(response, { deadlineMs, mostBytes: BODY_LIMIT_BYTES });
  recordAnswer(upgrade, response, text);
  return `HTTP ${response.statusCode}`;
}

function recordRequest(
  { recorder, connection, url, subprotocols, user, credential }: Upgrade,
  request: ClientRequest,
): void {
  const headers = flat(request.getHeaders());
  recorder.record(connection, { kind: 'handshake-request', url, headers, offered: subprotocols, user, credential });
}

/** Records how far the network gets, at the moment at which it gets there. */
function recordStages({ recorder, connection }: Upgrade, tcp: Socket): void {
  tcp.once('lookup', (error: Error | null, address: string) => {
    if (error === null) recorder.record(connection, { kind: 'reached', stage: 'resolved', found: address });
  });
  tcp.once('connect', () => {
    const found = `${tcp.remoteAddress}:${tcp.remotePort}`;
    recorder.record(connection, { kind: 'reached', stage: 'connected', found });
  });
  if (!(tcp instanceof TLSSocket)) return;
  tcp.once('secureConnect', () => {
    recorder.record(connection, { kind: 'reached', stage: 'secured', found: tcp.getProtocol() ?? 'TLS' });
  });
}

function recordAnswer({ recorder, connection }: Upgrade, response: IncomingMessage, body?: string): void {
  const answer = {
    kind: 'handshake-answer',
    status: response.statusCode ?? 0,
    headers: flat(response.headers),
  } as const;
  recorder.record(connection, { ...answer, ...(body !== undefined && { body }) });
}

/** Headers of Node's HTTP, whose names are in lower case already. */
function flat(headers: Readonly<Record<string, unknown>>): Headers {
  const flattened: Record<string, string> = {};
  for (const name of Object.keys(headers)) flattened[name] = String(headers[name]);
  return flattened;
}

function codeOf(error: Error): string | undefined {
  if (/subprotocol/i.test(error.message)) return 'invalid-subprotocol';
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** An AggregateError of Node's connection attempts has no message of its own; a parser shows what it could not read. */
function describe(error: Error): string {
  if ('rawPacket' in error && Buffer.isBuffer(error.rawPacket))
    return `${error.message}${beginningOf(error.rawPacket)}`;
  if (error.message !== '' || !(error instanceof AggregateError)) return error.message;
  return error.errors.map((each: unknown) => (each instanceof Error ? each.message : String(each))).join('; ');
}

function beginningOf(packet: Buffer): string {
  const beginning = packet.subarray(0, EXCERPT_BYTES);
  const text = beginning.toString('latin1');
  if (/^[\t\r\n -~]*$/.test(text)) return `; it begins with ${JSON.stringify(text)}`;
  return `; it begins with the bytes ${beginning.toString('hex').replaceAll(/(..)(?!$)/g, '$1 ')}`;
}
