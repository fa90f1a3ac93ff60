import { Buffer } from 'node:buffer';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Fact, Headers } from '../history/entry.ts';
import { factOfText } from '../history/recorder.ts';
import { redactFact } from '../history/redact-fact.ts';
import type { Redact } from '../history/redact.ts';
import { OPCODES } from '../report/har.ts';

const headers = z.array(z.object({ name: z.string(), value: z.string() }));

/** One frame. Chrome DevTools writes `time` in seconds since the epoch, Playwright in milliseconds. */
const message = z.object({
  type: z.string(),
  time: z.number(),
  opcode: z.number(),
  data: z.string().default(''),
});

const entry = z.object({
  startedDateTime: z.string(),
  time: z.number().catch(0),
  request: z.object({ url: z.string(), headers }),
  response: z.object({ status: z.number(), headers, content: z.object({ text: z.string().optional() }).optional() }),
  _webSocketMessages: z.array(message).optional(),
});

/** Reader of the part of a HAR that describes WebSockets; everything else in it is ignored. */
export const HAR = z.object({ log: z.object({ entries: z.array(entry) }) });

export type Har = z.infer<typeof HAR>;
export type HarEntry = Har['log']['entries'][number];
type HarFrame = z.infer<typeof message>;

/** A fact of a HAR with its moment, in milliseconds since the epoch. */
export interface DatedFact {
  readonly atMs: number;
  readonly fact: Fact;
}

const FIRST_MILLISECOND_EPOCH = 1e11;
const SWITCHING_PROTOCOLS = 101;
const EXCERPT_BYTES = 100;
const CLOSE = /^(\d{4}) ?([^]*)$/;

/** What one socket of a HAR says, in order. The user is the subject of the token that it presents, or the one it was welcomed as. */
export function factsOfSocket(socket: HarEntry, redact: Redact): readonly DatedFact[] {
  const { request, response, startedDateTime, time } = socket;
  const startMs = Date.parse(startedDateTime);
  const frames = (socket._webSocketMessages ?? []).flatMap((frame) => factOfFrame(frame, redact));
  const firstMs = frames[0]?.atMs ?? Infinity;
  const headers = headersOf(request.headers);
  const answerMs = Math.max(startMs, Math.min(startMs + Math.max(0, time), firstMs));
  const offered = (headers['sec-websocket-protocol'] ?? '').split(/, */).filter((name) => name !== '');
  const user = userInHeaders(headers, request.url) ?? welcomedUser(frames) ?? '';
  const asked: Fact = { kind: 'handshake-request', url: request.url, headers, offered, user, credential: 'valid' };
  return [
    { atMs: startMs, fact: redactFact(asked, redact) },
    ...answerFacts(response).map((fact) => ({ atMs: answerMs, fact: redactFact(fact, redact) })),
    ...frames,
  ];
}

function answerFacts({ status, headers: list, content }: HarEntry['response']): readonly Fact[] {
  if (status <= 0) return [{ kind: 'refused', because: 'no answer to the upgrade request was recorded' }];
  const headers = headersOf(list);
  const body = content?.text;
  const answer: Fact = { kind: 'handshake-answer', status, headers, ...(body !== undefined && { body }) };
  const subprotocol = headers['sec-websocket-protocol'] ?? '';
  const decided: Fact =
    status === SWITCHING_PROTOCOLS
      ? { kind: 'opened', subprotocol, localPort: 0 }
      : { kind: 'refused', because: `HTTP ${status}` };
  return [answer, decided];
}

function factOfFrame({ type, time, opcode, data }: HarFrame, redact: Redact): readonly DatedFact[] {
  const atMs = time < FIRST_MILLISECOND_EPOCH ? time * 1000 : time;
  const direction = type === 'send' ? 'sent' : 'received';
  const dated = (fact: Fact): readonly DatedFact[] => [{ atMs, fact: redactFact(fact, redact) }];
  if (type === 'error') return dated({ kind: 'broken', code: 'recorded-error', message: data });
  if (opcode === OPCODES.text) return dated(factOfText(direction, redact(data), Buffer.byteLength(data)));
  if (opcode === OPCODES.ping || opcode === OPCODES.pong) {
    return dated({ kind: 'control', direction, opcode: opcode === OPCODES.ping ? 'ping' : 'pong', payload: data });
  }
  if (opcode === OPCODES.close) return dated(closedFact(direction, data));
  const bytes = Buffer.from(data, 'base64');
  const excerpt = bytes.subarray(0, EXCERPT_BYTES).toString('hex');
  return dated({ kind: 'unreadable', direction, why: 'binary', excerpt, bytes: bytes.length });
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
