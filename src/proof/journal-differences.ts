import type { Connection } from '../history/connections.ts';
import { connectionsOf, firstOf } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import type { Journal, JournalEntry } from '../twin/server/journal.ts';

const EXCERPT_CHARACTERS = 200;
const REDACTED = '[redacted';
/** No close frame came (RFC 6455 §7.1.5): where that is our doing, we cut the connection. */
const ABNORMAL = 1006;

/**
 * Where the client's history and the twin's journal differ about what was sent, connection by connection; empty when the
 * recorder left nothing out and added nothing. What was still on its way when a connection was cut may be missing.
 */
export function journalDifferences(history: History, journal: Journal): readonly string[] {
  return connectionsOf(history).flatMap((connection) => {
    if (connection.opened === undefined) return [];
    const entries = journal.of(connection.opened.localPort);
    const named = (direction: string, difference: string | undefined): readonly string[] =>
      difference === undefined ? [] : [`${connection.name}, ${direction}: ${difference}`];
    return [
      ...named('twin to client', towardsClient(connection, entries)),
      ...named('client to twin', towardsTwin(connection, entries)),
      ...named('close', closeDifference(connection, entries)),
    ];
  });
}

function towardsClient(connection: Connection, entries: readonly JournalEntry[]): string | undefined {
  const sent = entries.flatMap(sentByTwin);
  const raw = sent.indexOf('raw');
  const received = connection.entries.flatMap(receivedByClient);
  const mayLack = connection.closed?.by === 'us' || entries.some(({ kind }) => kind === 'cut');
  return firstDifference(raw === -1 ? sent : sent.slice(0, raw), received, raw === -1 && mayLack);
}

function sentByTwin(entry: JournalEntry): readonly string[] {
  if (entry.kind === 'text') return [excerptOf(entry.text)];
  if (entry.kind === 'binary') return [`binary of ${entry.hex.length / 2} bytes`];
  if (entry.kind === 'raw') return ['raw'];
  return entry.kind === 'control' && entry.direction === 'sent' ? [`${entry.opcode} ${entry.payload}`] : [];
}

function receivedByClient(entry: Entry): readonly string[] {
  if (entry.kind === 'received') return [excerptOf(entry.text)];
  if (entry.kind === 'control') return entry.direction === 'received' ? [`${entry.opcode} ${entry.payload}`] : [];
  if (entry.kind !== 'unreadable' || entry.direction !== 'received') return [];
  return [entry.why === 'binary' ? `binary of ${entry.bytes} bytes` : excerptOf(entry.excerpt)];
}

function towardsTwin(connection: Connection, entries: readonly JournalEntry[]): string | undefined {
  const sent = connection.entries.flatMap((entry) => {
    if (entry.kind === 'sent') return [excerptOf(entry.text)];
    return entry.kind === 'unreadable' && entry.direction === 'sent' ? [excerptOf(entry.excerpt)] : [];
  });
  const received = entries.flatMap((entry) => (entry.kind === 'received' ? [excerptOf(entry.text)] : []));
  const mayLack = connection.closed?.by !== 'us' || connection.closed.code === ABNORMAL || endedByTwin(entries);
  return firstDifference(sent, received, mayLack);
}

/** Whether the twin ended the connection, rather than answered our close frame. */
function endedByTwin(entries: readonly JournalEntry[]): boolean {
  const end = entries.find(({ kind }) => kind === 'close' || kind === 'cut');
  return end?.kind === 'cut' || (end?.kind === 'close' && end.direction === 'sent');
}

/** The close code that the client saw is the one that the twin sent; without a close frame it is 1006. */
function closeDifference({ closed, entries }: Connection, journal: readonly JournalEntry[]): string | undefined {
  if (closed === undefined || firstOf(entries, 'broken') !== undefined) return undefined;
  if (closed.by === 'us' && closed.code === ABNORMAL) return undefined;
  const ends = journal.filter(
    (entry) => entry.kind === 'cut' || (entry.kind === 'close' && entry.direction === 'sent'),
  );
  const [end] = ends;
  const expected = end?.kind === 'close' ? `${end.code} ${end.reason}` : '1006 ';
  const found = `${closed.code} ${closed.reason}`;
  return expected === found ? undefined : `the twin ended with ${expected}, the client saw ${found}`;
}

function firstDifference(sent: readonly string[], seen: readonly string[], mayLack: boolean): string | undefined {
  const at = seen.findIndex((text, index) => text !== sent[index] && !text.includes(REDACTED));
  if (at !== -1) return `#${at} was ${sent[at] ?? 'nothing'}, recorded was ${seen[at]}`;
  if (seen.length === sent.length || (mayLack && seen.length < sent.length)) return undefined;
  return `${sent.length} were sent, ${seen.length} recorded; the first that is missing: ${sent[seen.length]}`;
}

function excerptOf(text: string): string {
  return text.slice(0, EXCERPT_CHARACTERS);
}
