import { Buffer } from 'node:buffer';
import { decodeJwt } from 'jose';
import type { Fact, Headers } from '../history/entry.ts';
import { factOfText } from '../history/recorder.ts';
import { redactFact } from '../history/redact-fact.ts';
import type { Redact } from '../history/redact.ts';
import { OPCODES } from '../report/har.ts';
import { errorOf, opens } from './har-file.ts';
import type { HarSocket } from './har-file.ts';

type HarFrame = NonNullable<HarSocket['_webSocketMessages']>[number];

/** A fact of a HAR with its moment, in milliseconds since the epoch. */
export interface DatedFact {
  readonly atMs: number;
  readonly fact: Fact;
}

const EXCERPT_BYTES = 100;
const CLOSE = /^(\d{4}) ?([^]*)$/;
/** No close frame came (RFC 6455 §7.1.5). */
const ABNORMAL = 1006;
const NO_CODE = 1005;
/** The codes with which a page ends a socket that it no longer needs (RFC 6455 §7.4.1). */
const ENDED_BY_THE_PAGE = [1000, 1001, NO_CODE];

/** What one socket of a HAR says, in order. The user is the subject of the token that it presents, or the one it was welcomed as. */
export function factsOfSocket(socket: HarSocket, redact: Redact): readonly DatedFact[] {
  const { request, startedDateTime, time, _webSocketMessages: messages } = socket;
  const frames = (messages ?? [])
    .filter(({ type }) => type !== 'error')
    .map((frame) => ({ atMs: frame.atMs, fact: factOfFrame(frame, redact) }))
    .toSorted((a, b) => a.atMs - b.atMs);
  const firstMs = frames[0]?.atMs ?? Infinity;
  const startMs = Math.min(startedDateTime, firstMs);
  const headers = headersOf(request.headers);
  const answerMs = Math.max(startMs, Math.min(startMs + Math.max(0, time), firstMs));
  const offered = (headers['sec-websocket-protocol'] ?? '').split(/, */).filter((name) => name !== '');
  const user = userInHeaders(headers, request.url) ?? welcomedUser(frames) ?? '';
  const asked: Fact = { kind: 'handshake-request', url: request.url, headers, offered, user, credential: 'valid' };
  const lastMs = frames.at(-1)?.atMs ?? answerMs;
  return [
    { atMs: startMs, fact: asked },
    ...answerFacts(socket).map((fact) => ({ atMs: answerMs, fact })),
    ...frames,
    ...(opens(socket) ? endFacts(socket, frames, lastMs) : []),
  ].map(({ atMs, fact }) => ({ atMs, fact: redactFact(fact, redact) }));
}

function answerFacts(socket: HarSocket): readonly Fact[] {
  const { status, headers: list, content } = socket.response;
  const headers = headersOf(list);
  const error = errorOf(socket);
  const text = content?.text ?? undefined;
  const isBase64 = content?.encoding?.toLowerCase() === 'base64';
  const body = text !== undefined && isBase64 ? Buffer.from(text, 'base64').toString('utf8') : text;
  const answer: Fact = { kind: 'handshake-answer', status, headers, ...(body !== undefined && { body }) };
  const answers = status > 0 ? [answer] : [];
  if (opens(socket)) {
    return [...answers, { kind: 'opened', subprotocol: headers['sec-websocket-protocol'] ?? '', localPort: 0 }];
  }
  const unanswered = status > 0 ? `HTTP ${status}` : 'no answer to the upgrade request was recorded';
  return [...answers, { kind: 'refused', because: error === '' ? unanswered : error }];
}

/** How an open socket ended, where the HAR says so. After an error of the socket, no close frame arrives any more. */
function endFacts(socket: HarSocket, frames: readonly DatedFact[], lastMs: number): readonly DatedFact[] {
  const { _webSocketClose: end, _webSocketMessages: messages } = socket;
  const isClosed = frames.some(({ fact }) => fact.kind === 'closed');
  const error = errorOf(socket);
  const errorMs = Math.max(lastMs, messages?.find(({ type }) => type === 'error')?.atMs ?? lastMs);
  const broken: Fact = { kind: 'broken', code: 'recorded-error', message: error };
  const cut: Fact = { kind: 'closed', code: ABNORMAL, reason: '', by: 'them' };
  const isCut = error !== '' || end === 'aborted';
  const marked = typeof end === 'object' && end !== null ? closedBy(end.code ?? NO_CODE, end.reason ?? '') : undefined;
  const closed = marked ?? (isCut ? cut : undefined);
  const closedMs = typeof end === 'object' ? (end?.timestamp ?? errorMs) : errorMs;
  return [
    ...(error === '' ? [] : [{ atMs: errorMs, fact: broken }]),
    ...(isClosed || closed === undefined ? [] : [{ atMs: Math.max(errorMs, closedMs), fact: closed }]),
  ];
}

/** A close without a direction: what a page says when it leaves is ours, every other code is the server's. */
function closedBy(code: number, reason: string): Fact {
  return { kind: 'closed', code, reason, by: ENDED_BY_THE_PAGE.includes(code) ? 'us' : 'them' };
}

function factOfFrame({ type, opcode, data }: HarFrame, redact: Redact): Fact {
  const direction = type === 'send' ? 'sent' : 'received';
  if (opcode === OPCODES.text) return factOfText(direction, redact(data), Buffer.byteLength(data));
  if (opcode === OPCODES.ping || opcode === OPCODES.pong) {
    return { kind: 'control', direction, opcode: opcode === OPCODES.ping ? 'ping' : 'pong', payload: data };
  }
  if (opcode === OPCODES.close) return closedFact(direction, data);
  const bytes = Buffer.from(data, 'base64');
  const excerpt = bytes.subarray(0, EXCERPT_BYTES).toString('hex');
  return { kind: 'unreadable', direction, why: 'binary', excerpt, bytes: bytes.length };
}

function closedFact(direction: 'sent' | 'received', data: string): Fact {
  const [, code = '1005', reason = ''] = CLOSE.exec(data) ?? [];
  return { kind: 'closed', code: Number(code), reason, by: direction === 'sent' ? 'us' : 'them' };
}

function welcomedUser(frames: readonly DatedFact[]): string | undefined {
  const welcome = frames.find(({ fact }) => fact.kind === 'received' && fact.message.meaning === 'welcome')?.fact;
  return welcome?.kind === 'received' ? welcome.message.user : undefined;
}

function headersOf(list: readonly { readonly name: string; readonly value: string }[]): Headers {
  return Object.fromEntries(list.map(({ name, value }) => [name.toLowerCase(), value]));
}

const TOKEN = /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/;

/**
 * The user that a request names: the subject of its token, wherever the request carries it (protocol notes §3.1), or else the
 * header `X-User-ID`. Reads the claims without verifying anything.
 */
function userInHeaders(headers: Headers, url: string): string | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(/, */);
  for (const place of [headers['authorization'] ?? '', ...offered, url]) {
    const decoded = Buffer.from(place.replace(/^jwt\./, ''), 'base64url').toString('utf8');
    const subject = subjectIn(place) ?? subjectIn(decoded);
    if (subject !== undefined) return subject;
  }
  return headers['x-user-id'];
}

function subjectIn(text: string): string | undefined {
  const token = TOKEN.exec(text)?.[0];
  if (token === undefined) return undefined;
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}
