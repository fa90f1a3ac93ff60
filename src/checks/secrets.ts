import { REDACTED } from '../history/redact.ts';
import type { Entry, Headers, History } from '../history/entry.ts';
import { judgement } from './judgement.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'no credential comes back from the server, and none reaches the history';
const TOKEN_SHAPE = /eyJ[\w-]{8,}\.[\w-]+\./;
const MARKS = [REDACTED.secret, REDACTED.token];

/**
 * Credentials stay where they belong. A mark of the redactor in something received means that the server sent a
 * credential back; a token that is still readable means that our own redactor failed. A selected subprotocol may carry the
 * token (protocol notes §3.3) and is not judged.
 */
export function secrets(): Check {
  return (history: History) => {
    const judging = judgement('secrets', PROMISE);
    for (const entry of history) {
      judging.cite(entry);
      const connection = entry.connection;
      const entries = [entry.index];
      if (receivedText(entry).some(holdsMark)) {
        const because = `#${entry.index} (${entry.kind}) contained a credential when it arrived`;
        judging.violated({
          code: 'secret-echoed',
          expected: PROMISE,
          found: 'a credential',
          because,
          entries,
          connection,
        });
      }
      if (holdsToken(entry)) {
        const because = `#${entry.index} (${entry.kind}) still holds a readable token`;
        judging.violated({
          code: 'secret-recorded',
          expected: PROMISE,
          found: 'a readable token',
          because,
          entries,
          connection,
        });
      }
    }
    return judging.verdict('no credential was seen where none belongs');
  };
}

/** A search for what all marks begin with comes first, because this is asked of every entry. */
function holdsMark(text: string): boolean {
  return text.includes('[redacted') && MARKS.some((mark) => text.includes(mark));
}

function receivedText(entry: Entry): readonly string[] {
  if (entry.kind === 'received') return [entry.text];
  if (entry.kind === 'closed') return [entry.reason];
  if (entry.kind === 'handshake-answer') return [entry.body ?? '', ...headersOf(entry.headers)];
  if (entry.kind === 'probe') return [entry.body ?? '', ...headersOf(entry.headers ?? {})];
  if (entry.kind === 'unreadable') return entry.direction === 'received' ? [entry.excerpt] : [];
  if (entry.kind === 'control') return entry.direction === 'received' ? [entry.payload] : [];
  return [];
}

/** All headers but the one that may name a token by design. */
function headersOf(headers: Headers): readonly string[] {
  return Object.entries(headers).flatMap(([name, value]) => (name === 'sec-websocket-protocol' ? [] : [value]));
}

/** A search for its rarest letters comes first, because this is asked of every entry. */
function holdsToken(entry: Entry): boolean {
  return textsOf(entry).some((text) => text.includes('yJ') && TOKEN_SHAPE.test(text));
}

/** Whatever in an entry came from outside. */
function textsOf(entry: Entry): readonly string[] {
  switch (entry.kind) {
    case 'received':
    case 'sent':
      return [entry.text];
    case 'handshake-request':
      return [entry.url, ...entry.offered, ...Object.values(entry.headers)];
    case 'handshake-answer':
      return [entry.body ?? '', ...Object.values(entry.headers)];
    case 'opened':
      return [entry.subprotocol];
    case 'closed':
      return [entry.reason];
    case 'lag':
    case 'quiet':
      return [];
    case 'broken':
    case 'control':
    case 'deadline':
    case 'fault':
    case 'probe':
    case 'refused':
    case 'unreadable':
      return [JSON.stringify(entry)];
  }
}
