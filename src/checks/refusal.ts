import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { restProbeName } from '../history/probe-names.ts';
import { unanswered, wrongIn, INVALID_SUBPROTOCOL } from './unanswered.ts';
import { LIMIT_CODES, REFUSING_CODES } from '../protocol/close-codes.ts';
import { authorOf } from './author.ts';
import type { ViolationCode } from './findings.ts';

/** Why a connection was refused, as far as its entries show. */
export interface Refusal {
  readonly code: ViolationCode;
  readonly because: string;
  readonly entries: readonly number[];
}

const LIMIT_REASON = /too many|rate limit|limit exceeded/i;
/** 1011 is an error of the server itself: what it names is what failed. */
const AUTH_SUBJECT = /auth|token|credential/i;
/** Words that say of any close that it refuses a client. */
const REFUSAL_WORDS =
  /\b(?:un|not )(?:authenticated|authori[sz]ed)|\bforbidden\b|\b(?:access|permission) denied|\bHTTP 40[13]\b|\b(?:log|sign)[ -]?in required|\bauth\w* (?:is )?(?:required|failed|failure|error|denied|missing|rejected|expired|invalid)|\b(?:invalid|expired|missing|no|bad|malformed|revoked|unknown)\b.{0,20}\b(?:auth\w*|token|jwt|credentials?|signature)\b|\b(?:token|jwt|credentials?|signature)\b.{0,40}\b(?:invalid|expired|missing|required|refused|rejected|malformed|denied|revoked|failed|not (?:valid|found|accepted|provided))/i;
const AUTH_ERROR_CODE = /AUTH|TOKEN|VALIDATION_FAILED|INVALID_FORMAT|INVALID_WEBSOCKET_STATE/;

/** What blames the product when the service answers it, and the operators when something in front of it does. */
const REFUSALS_OF_A_FRONT = [401, 403, 404, 405, 410, 500];

const OF_STATUS: Readonly<Record<number, ViolationCode>> = {
  404: 'route-missing',
  429: 'limit-reached',
  500: 'upgrade-crashed',
  502: 'service-unavailable',
  503: 'service-unavailable',
  504: 'service-unavailable',
};

/** How a connection was refused, before or after the server accepted the upgrade; `undefined` when it was not. */
export function refusalOfConnection(connection: Connection, history: History): Refusal | undefined {
  return connection.opened === undefined ? refusedUpgrade(connection, history) : refusedAfterAccept(connection);
}

function refusedUpgrade(connection: Connection, history: History): Refusal | undefined {
  const { request, answer, refused } = connection;
  if (refused === undefined) return undefined;
  const entries = [...(answer === undefined ? [] : [answer.index]), refused.index];
  if (answer === undefined) return unanswered(connection, refused);
  if (answer.status === 101) {
    const code = refused.code === INVALID_SUBPROTOCOL ? 'subprotocol-invalid' : 'upgrade-malformed';
    return { code, because: `the upgrade was answered with HTTP 101, but ${wrongIn(answer, refused)}`, entries };
  }
  const body =
    answer.body === undefined || answer.body === '' ? 'no body' : `body ${JSON.stringify(answer.body.slice(0, 120))}`;
  const because = `the upgrade was answered with HTTP ${answer.status}, ${body}`;
  const author = authorOf(answer);
  if (author.is === 'front' && REFUSALS_OF_A_FRONT.includes(answer.status)) {
    return { code: 'refused-by-proxy', because: `${because}, by something in front of it: ${author.because}`, entries };
  }
  const acceptedOverHttp = request?.credential === 'valid' && tokenAcceptedOverHttp(history);
  return { code: ofStatus(answer, acceptedOverHttp), because, entries };
}

function ofStatus({ status }: EntryOf<'handshake-answer'>, acceptedOverHttp: boolean): ViolationCode {
  if (status >= 300 && status < 400) return 'upgrade-redirected';
  if (status !== 401 && status !== 403) return OF_STATUS[status] ?? 'upgrade-ignored';
  return acceptedOverHttp ? 'upgrade-forbidden' : 'token-refused';
}

function tokenAcceptedOverHttp(history: History): boolean {
  return allOf(history, 'probe').some((probe) => probe.name === restProbeName('valid') && probe.status === 200);
}

/**
 * The server refuses after the upgrade: by a close code that says so, by the reason of any other code, or by an authentication
 * error before the close.
 */
export function refusedAfterAccept({ closed, entries, welcome }: Connection): Refusal | undefined {
  if (closed === undefined || closed.by === 'us' || welcome !== undefined) return undefined;
  const error = entries.find(isAuthenticationError);
  const cited = [...(error === undefined ? [] : [error.index]), closed.index];
  const because = `the server accepted the upgrade and then closed with ${closed.code} ${JSON.stringify(closed.reason)}${
    error === undefined ? '' : ` after the error ${error.message.errorCode ?? error.message.type}`
  }`;
  if (closed.code === 1013) return { code: 'service-unavailable', because, entries: cited };
  if (LIMIT_CODES.includes(closed.code) || LIMIT_REASON.test(closed.reason))
    return { code: 'limit-reached', because, entries: cited };
  const refuses = REFUSING_CODES.includes(closed.code) || isRefusal(closed) || error !== undefined;
  return refuses ? { code: 'token-refused', because, entries: cited } : undefined;
}

function isRefusal({ code, reason }: EntryOf<'closed'>): boolean {
  return REFUSAL_WORDS.test(reason) || (code === 1011 && AUTH_SUBJECT.test(reason));
}

function isAuthenticationError(entry: Connection['entries'][number]): entry is EntryOf<'received'> {
  if (entry.kind !== 'received' || entry.message.meaning !== 'error') return false;
  return entry.message.type === 'authentication_error' || AUTH_ERROR_CODE.test(entry.message.errorCode ?? '');
}
