import { REDACTED } from '../history/redact.ts';
import type { Entry, EntryOf, Headers, History } from '../history/entry.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'no credential comes back from the server, and none reaches the history';
const TOKEN_SHAPE = /eyJ[\w-]{8,}\.[\w-]+\./;
const FOUND = { 'secret-echoed': 'a credential', 'secret-recorded': 'a readable token' } as const;
const MARKS = [REDACTED.secret, REDACTED.token];

/**
 * Credentials stay where they belong. Where a received text holds a mark of the redactor, the server sent a
 * credential back. Where a token is still readable, our own redactor failed. A selected subprotocol may carry the
 * token (protocol notes §3.3) and is not judged.
 */
export function secrets(): Check {
  return (history: History) => {
    const judging = judgement('secrets', PROMISE);
    for (const entry of history) {
      judging.cite(entry);
      if (cameWithMark(entry)) report(judging, entry, 'secret-echoed', 'contained a credential when it arrived');
      if (holdsToken(entry)) report(judging, entry, 'secret-recorded', 'still holds a readable token');
    }
    return judging.verdict('no credential was seen where none belongs');
  };
}

function report(judging: Judgement, { index, kind, connection }: Entry, code: keyof typeof FOUND, what: string): void {
  const because = `#${index} (${kind}) ${what}`;
  judging.violated({ code, expected: PROMISE, found: FOUND[code], because, entries: [index], connection });
}

/** Most entries are messages, so their text is searched directly. */
function cameWithMark(entry: Entry): boolean {
  return entry.kind === 'received' ? holdsMark(entry.text) : receivedText(entry).some(holdsMark);
}

/** Looks for the common beginning of all marks first: this runs for every entry, and that search is fast. */
function holdsMark(text: string): boolean {
  return text.includes('[redacted') && MARKS.some((mark) => text.includes(mark));
}

function receivedText(entry: Entry): readonly string[] {
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

function holdsToken(entry: Entry): boolean {
  return entry.kind === 'received' || entry.kind === 'sent' ? showsToken(entry.text) : textsOf(entry).some(showsToken);
}

/** Looks for two rare letters first: this runs for every entry, and that search is fast. */
function showsToken(text: string): boolean {
  return text.includes('yJ') && TOKEN_SHAPE.test(text);
}

/** The texts of an entry that came from outside, for entries that are no messages. */
function textsOf(entry: Exclude<Entry, EntryOf<'received' | 'sent'>>): readonly string[] {
  switch (entry.kind) {
    case 'handshake-request':
      return [entry.url, ...entry.offered, ...Object.values(entry.headers)];
    case 'handshake-answer':
      return [entry.body ?? '', ...Object.values(entry.headers)];
    case 'opened':
      return [entry.subprotocol];
    case 'closed':
      return [entry.reason];
    case 'lag':
    case 'ended':
    case 'flooded':
    case 'reached':
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
