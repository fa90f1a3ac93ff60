import type { Entry, Headers } from '../history/entry.ts';

/** What an entry holds, laid out for reading: JSON indented, headers line by line. `detail` is its one-line description. */
export function payloadOf(entry: Entry, detail: string): string {
  if (entry.kind === 'sent' || entry.kind === 'received') return JSON.stringify(JSON.parse(entry.text), null, 2);
  if (entry.kind === 'handshake-request') return withHeaders(detail, entry.headers, '');
  if (entry.kind === 'handshake-answer' || entry.kind === 'probe') {
    return withHeaders(detail, entry.headers ?? {}, entry.body ?? '');
  }
  return detail;
}

function withHeaders(detail: string, headers: Headers, body: string): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [detail, ...lines, '', body].join('\n').trim();
}
