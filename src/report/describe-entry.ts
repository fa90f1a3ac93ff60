import type { Entry, Headers } from '../history/entry.ts';
import { waitGoalLabel } from '../history/wait-goals.ts';

/** Arrows of a transcript, seen from the client: out, in, and neither. */
export const ARROWS = { out: '→', in: '←', none: '·' } as const;

/** One entry as a line of text: which way it went, what it is, and what it says. */
export interface DescribedEntry {
  readonly arrow: string;
  readonly title: string;
  readonly detail: string;
}

/** Describes an entry for people. */
export function describeEntry(entry: Entry): DescribedEntry {
  switch (entry.kind) {
    case 'handshake-request':
      return out('upgrade', `${entry.url} as ${entry.user} (${entry.credential} credential${offered(entry.offered)})`);
    case 'reached':
      return none(entry.stage, entry.found);
    case 'handshake-answer':
      return into(`HTTP ${entry.status}`, entry.body ?? '');
    case 'opened':
      return into('open', entry.subprotocol === '' ? 'no subprotocol' : `subprotocol ${entry.subprotocol}`);
    case 'refused':
      return into('refused', `${entry.because}${entry.code === undefined ? '' : ` (${entry.code})`}`);
    case 'sent':
      return out(entry.message.type, entry.text);
    case 'received':
      return into(entry.message.event ?? entry.message.type, entry.text);
    case 'unreadable':
      return {
        ...(entry.direction === 'sent' ? out : into)(
          'unreadable',
          `${entry.why}, ${entry.bytes} bytes: ${entry.excerpt}`,
        ),
      };
    case 'control':
      return (entry.direction === 'sent' ? out : into)(`${entry.opcode} frame`, entry.payload);
    case 'quiet':
      return none('quiet', `nothing of any run for ${entry.forMs} ms`);
    case 'deadline':
      return none(
        'deadline',
        `waited ${Math.round(entry.afterMs)} ms for ${waitGoalLabel(entry.waitingFor)} (${entry.limit} limit)`,
      );
    case 'broken':
      return into('broken', `${entry.message} (${entry.code})`);
    case 'flooded':
      return none(
        'flooded',
        `${entry.frames} frames, ${entry.bytes} bytes in ${Math.round(entry.forMs)} ms; more than ${entry.most} ${entry.limit} are not read, the socket is cut`,
      );
    case 'closed':
      return (entry.by === 'us' ? out : into)(
        `closed ${entry.code}`,
        `by ${entry.by === 'us' ? 'us' : 'the server'} ${JSON.stringify(entry.reason)}`,
      );
    case 'ended':
      return none('ended', 'the TCP connection ended');
    case 'probe':
      return into(
        entry.name,
        `${entry.target}: ${entry.error ?? entry.found ?? `HTTP ${entry.status}`} in ${Math.round(entry.durationMs)} ms`,
      );
    case 'fault':
      return none('fault', `${entry.name} hit ${entry.hit}`);
    case 'lag':
      return none('lag', `this harness was late by ${Math.round(entry.lateMs)} ms`);
  }
}

const line =
  (arrow: string) =>
  (title: string, detail: string): DescribedEntry => ({ arrow, title, detail });
const out = line(ARROWS.out);
const into = line(ARROWS.in);
const none = line(ARROWS.none);

function offered(subprotocols: readonly string[]): string {
  return subprotocols.length === 0 ? '' : `, offers ${subprotocols.join(', ')}`;
}

/** What an entry holds, laid out for reading: JSON indented, headers line by line. `detail` is its one-line description. */
export function payloadOf(entry: Entry, detail: string): string {
  if (entry.kind === 'sent' || entry.kind === 'received') return laidOut(entry.text);
  if (entry.kind === 'handshake-request') return withHeaders(detail, entry.headers, '');
  if (entry.kind === 'handshake-answer' || entry.kind === 'probe') {
    return withHeaders(detail, entry.headers ?? {}, entry.body ?? '');
  }
  return detail;
}

/** Indentation can make a text many times as long, so a long one stays as it is. */
const LONGEST_LAID_OUT = 20_000;

function laidOut(json: string): string {
  return json.length > LONGEST_LAID_OUT ? json : JSON.stringify(JSON.parse(json), null, 2);
}

function withHeaders(detail: string, headers: Headers, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [detail, ...lines, '', body].join('\n').trim();
}
