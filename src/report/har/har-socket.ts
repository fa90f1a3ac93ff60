import type { Fact, Headers } from '../../history/entry.ts';
import { factOfText } from '../../history/recorder.ts';
import type { Redact } from '../../history/redact.ts';
import { redactFact } from '../../history/redact-fact.ts';
import { bytesOfBase64 } from '../base64.ts';
import { OPCODES } from './har-message.ts';
import type { HarEntry, HarFrame } from './har-shape.ts';
import { userInHeaders } from '../token-subject.ts';
import { utf8Length } from '../utf8.ts';

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
  if (opcode === OPCODES.text) return dated(factOfText(direction, redact(data), utf8Length(data)));
  if (opcode === OPCODES.ping || opcode === OPCODES.pong) {
    return dated({ kind: 'control', direction, opcode: opcode === OPCODES.ping ? 'ping' : 'pong', payload: data });
  }
  if (opcode === OPCODES.close) return dated(closedFact(direction, data));
  const bytes = bytesOfBase64(data);
  const excerpt = bytes.slice(0, EXCERPT_BYTES).map((byte) => byte.toString(16).padStart(2, '0'));
  return dated({ kind: 'unreadable', direction, why: 'binary', excerpt: excerpt.join(''), bytes: bytes.length });
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
