import type { Connection } from '../history/connections.ts';
import type { EntryOf } from '../history/entry.ts';
import type { ViolationCode } from './findings.ts';
import { tlsHint } from './tls-hints.ts';

/** The code of a refusal of our own library: the selected subprotocol does not answer the offer. */
export const INVALID_SUBPROTOCOL = 'invalid-subprotocol';

/** What an upgrade without an answer shows. */
interface Unanswered {
  readonly code: ViolationCode;
  readonly because: string;
  readonly entries: readonly number[];
}

/** Codes of failures that belong to one stage, for histories that hold no stages, such as imported ones. */
const OF_CODE: Readonly<Record<string, ViolationCode>> = {
  ENOTFOUND: 'dns-failed',
  EAI_AGAIN: 'dns-failed',
  ECONNREFUSED: 'tcp-failed',
  EHOSTUNREACH: 'tcp-failed',
  ENETUNREACH: 'tcp-failed',
  ETIMEDOUT: 'tcp-failed',
  [INVALID_SUBPROTOCOL]: 'subprotocol-invalid',
  'token-unavailable': 'token-unavailable',
};

const SAYS: Partial<Readonly<Record<ViolationCode, string>>> = {
  'dns-failed': 'the host name could not be resolved',
  'tcp-failed': 'no TCP connection could be made',
  'tls-failed': 'TCP connected, but TLS could not be established',
  'upgrade-unanswered': 'the upgrade request was sent, but not answered',
  'answer-not-http': 'the upgrade request was sent, and what answered speaks no HTTP',
  'upgrade-malformed': 'the upgrade request was sent, and the answer breaks HTTP',
};
const CUT = 'the upgrade request was sent, and the connection ended without an answer';

/**
 * Why an upgrade got no HTTP answer: it failed in the stage after the last one that was reached, whatever the code of the
 * failure (failure notes §2.5, rule 2).
 */
export function unanswered(connection: Connection, refused: EntryOf<'refused'>): Unanswered {
  const { reached } = connection;
  const code = reached === undefined ? beforeAnyStage(connection, refused) : afterStage(connection, reached, refused);
  const text = `${refused.because} ${refused.code ?? ''}`;
  const hint = code === 'tls-failed' ? tlsHint(text) : plainHint(text);
  const says =
    SAYS[code] ?? (code === 'unreachable' && reached !== undefined ? CUT : 'the connection could not be made');
  const entries = [...(reached === undefined ? [] : [reached.index]), refused.index];
  return { code, because: `${says}: ${refused.because}${hint}`, entries };
}

/** An address needs no resolving; a name that was not resolved until the deadline is a failure of the resolver. */
function beforeAnyStage(connection: Connection, { code = '', because }: EntryOf<'refused'>): ViolationCode {
  if (isDeadline(connection) && isName(connection.request?.url)) return 'dns-failed';
  if (/CERT|TLS|SSL/.test(code)) return 'tls-failed';
  return OF_CODE[code] ?? (because.startsWith('connect ') ? 'tcp-failed' : 'unreachable');
}

function afterStage(
  connection: Connection,
  { stage }: EntryOf<'reached'>,
  { code = '' }: EntryOf<'refused'>,
): ViolationCode {
  if (code === INVALID_SUBPROTOCOL) return 'subprotocol-invalid';
  if (stage === 'resolved') return 'tcp-failed';
  if (stage === 'connected' && connection.request?.url.startsWith('wss:') === true) return 'tls-failed';
  if (isDeadline(connection)) return 'upgrade-unanswered';
  if (code === 'HPE_INVALID_CONSTANT') return 'answer-not-http';
  return code.startsWith('HPE_') ? 'upgrade-malformed' : 'unreachable';
}

function isDeadline({ entries }: Connection): boolean {
  return entries.some((entry) => entry.kind === 'deadline' && entry.waitingFor === 'handshake');
}

function isName(url = ''): boolean {
  const host = /^wss?:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?#]*)/i.exec(url)?.[1] ?? '';
  return host !== '' && !host.startsWith('[') && !/^[\d.]+$/.test(host);
}

/** A TLS record begins with its type, an alert or a handshake, and the version 3.x (RFC 8446 §5.1). */
function plainHint(text: string): string {
  const speaksTls = /begins with the bytes 1[56] 03/.test(text);
  return speaksTls ? '; the port speaks TLS: use wss:// and https:// for it' : '';
}

/** What is wrong in a 101 that opens nothing (RFC 6455 §4.1). */
export function wrongIn({ headers }: EntryOf<'handshake-answer'>, { because }: EntryOf<'refused'>): string {
  const { upgrade, connection } = headers;
  if (upgrade?.toLowerCase() !== 'websocket') return `its header Upgrade ${quoted(upgrade)}, not "websocket"`;
  if (connection?.toLowerCase().includes('upgrade') !== true)
    return `its header Connection ${quoted(connection)}, not "Upgrade"`;
  if (/accept/i.test(because))
    return `its header Sec-WebSocket-Accept ${quoted(headers['sec-websocket-accept'])}, which does not answer our key`;
  return because;
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'is missing' : `is ${JSON.stringify(value)}`;
}
