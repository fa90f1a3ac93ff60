import type { Judgement } from '../../checks/judgement.ts';
import { judgement } from '../../checks/judgement.ts';
import type { Pair } from '../../checks/ping-pairs.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { refusalOfConnection } from '../../checks/refusal.ts';
import { describeEnd, trusted, deadlineFor } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { History, Entry } from '../../history/entry.ts';
import { advertisedLimits } from './advertised-limits.ts';

const CONNECTIONS_PROMISE =
  'a connection beyond the limit of its user is accepted, or refused with a reason that names the limit';

/**
 * More connections of one user than are advertised: each further one is accepted (the limit is not enforced, protocol notes
 * §10) or refused as a limit (failure notes FM-70), and those within the limit are not affected. What was answered is a note.
 */
export function connectionLimit(): Check {
  return (history: History) => {
    const judging = judgement('connection-limit', CONNECTIONS_PROMISE);
    const { connectionsPerUser } = advertisedLimits(history);
    const byUser = new Map<string, Connection[]>();
    for (const connection of trusted(history)) {
      const user = connection.request?.user ?? '';
      byUser.set(user, [...(byUser.get(user) ?? []), connection]);
    }
    const beyond = [...byUser.values()].flatMap((connections) => connections.slice(connectionsPerUser));
    for (const connection of beyond) judgeConnection(judging, history, connection, connectionsPerUser);
    if (beyond.length > 0) judgeOthers(judging, history, new Set(beyond.map(({ name }) => name)));
    return judging.verdict(`${beyond.length} connections beyond ${connectionsPerUser} were answered as documented`);
  };
}

function judgeConnection(judging: Judgement, history: History, connection: Connection, limit: number): void {
  const { name, request, welcome, closed } = connection;
  const asked = `${name}, beyond the ${limit} connections that its user may have,`;
  const entries = [request, closed].flatMap((entry) => (entry === undefined ? [] : [entry.index]));
  if (welcome !== undefined && closed?.by !== 'them') {
    judging.cite(welcome);
    return judging.note({ code: 'limit-answer', because: `${asked} was accepted`, entries: [welcome.index] });
  }
  const refusal = refusalOfConnection(connection, history);
  if (refusal?.code === 'limit-reached') {
    if (request !== undefined) judging.cite(request);
    return judging.note({ code: 'limit-answer', because: `${asked}: ${refusal.because}`, entries: refusal.entries });
  }
  const found = refusal?.because ?? `no welcome${describeEnd(connection)}`;
  const because = `${asked} was answered with neither a welcome nor a reason: ${found}`;
  judging.violated({
    code: 'limit-misanswered',
    expected: CONNECTIONS_PROMISE,
    found,
    because,
    entries,
    connection: name,
  });
}

const SIZE_PROMISE =
  'a message up to the limit is answered; a larger one is answered, ignored, answered by an error, or ends its connection with 1009 or 1008';
const TOO_BIG = [1008, 1009];
/** Pings from this share of the limit on were made that large on purpose. */
const PADDED = 0.5;

/** Pings padded to sizes around the advertised limit (protocol notes §10, rows "message size"). What came is a note. */
export function messageSize(): Check {
  return (history: History) => {
    const judging = judgement('message-size', SIZE_PROMISE);
    const { messageBytes } = advertisedLimits(history);
    const offenders = new Set<string>();
    for (const connection of trusted(history)) {
      for (const asked of pair(connection, 'ping', 'pong').pairs) {
        if (asked.ping.bytes < messageBytes * PADDED) continue;
        offenders.add(connection.name);
        judgeSize(judging, connection, asked, messageBytes);
      }
    }
    if (offenders.size > 0) judgeOthers(judging, history, offenders);
    return judging.verdict(`messages around ${messageBytes} bytes were answered as documented`);
  };
}

function judgeSize(judging: Judgement, connection: Connection, { ping, pong }: Pair, limit: number): void {
  const asked = `a message of ${ping.bytes} bytes, where ${limit} are advertised,`;
  const answer = pong === undefined ? otherAnswer(connection, ping) : { what: 'answered', entry: pong };
  const entries = [ping.index, ...(answer.entry === undefined ? [] : [answer.entry.index])];
  const because = `${asked} was ${answer.what}`;
  const within = ping.bytes <= limit;
  if (pong !== undefined || (!within && isDocumented(answer.entry))) {
    judging.cite(ping);
    return judging.note({ code: 'limit-answer', because, entries });
  }
  const finding = { expected: SIZE_PROMISE, found: answer.what, because: `${connection.name}: ${because}`, entries };
  judging.violated({ ...finding, code: 'limit-misanswered', connection: connection.name });
}

function otherAnswer(
  connection: Connection,
  ping: Entry,
): { readonly what: string; readonly entry: Entry | undefined } {
  const { closed, entries, name } = connection;
  const error = entries.find(
    (entry) => entry.index > ping.index && entry.kind === 'received' && entry.message.meaning === 'error',
  );
  if (error !== undefined) return { what: 'answered by an error message', entry: error };
  if (closed?.by === 'them') return { what: `followed by the end of ${name}${describeEnd(connection)}`, entry: closed };
  return { what: 'ignored', entry: deadlineFor(connection, 'pong', ping.index) };
}

function isDocumented(answer: Entry | undefined): boolean {
  if (answer === undefined) return false;
  return answer.kind !== 'closed' || TOO_BIG.includes(answer.code);
}

const RATE_PROMISE =
  'messages beyond the limit of a minute are answered, or refused by an error or a close that names the limit';
const LIMIT_TEXT = /\brate[ _-]?limit|\btoo many|\blimit (?:exceeded|reached)|\bslow down/i;
const LIMIT_CODES = [1008, 1013];

/** More pings at once than a minute allows (protocol notes §10; failure notes FM-71). What was answered is a note. */
export function messageRate(): Check {
  return (history: History) => {
    const judging = judgement('message-rate', RATE_PROMISE);
    const { messagesPerMinute } = advertisedLimits(history);
    const offenders = trusted(history).filter((one) => pair(one, 'ping', 'pong').pairs.length > messagesPerMinute);
    for (const connection of offenders) judgeMessages(judging, connection, messagesPerMinute);
    if (offenders.length > 0) judgeOthers(judging, history, new Set(offenders.map(({ name }) => name)));
    return judging.verdict(`more than ${messagesPerMinute} messages at once were answered as documented`);
  };
}

function judgeMessages(judging: Judgement, connection: Connection, limit: number): void {
  const { pairs } = pair(connection, 'ping', 'pong');
  const answered = pairs.filter(({ pong }) => pong !== undefined);
  const sent = `${pairs.length} messages at once, where ${limit} in a minute are advertised`;
  const refusal = connection.entries.find(isRefusal);
  if (answered.length === pairs.length || refusal !== undefined) {
    judging.cite(...pairs.map(({ ping }) => ping));
    const how = refusal === undefined ? 'all were answered' : `refused by #${refusal.index}${describeEnd(connection)}`;
    const entries = [refusal?.index ?? pairs.at(-1)?.ping.index ?? 0];
    return judging.note({ code: 'limit-answer', because: `${sent}: ${how}`, entries });
  }
  const found = `${answered.length} answered${describeEnd(connection)}`;
  const because = `${connection.name}: ${sent}: ${found}, and nothing named the limit`;
  const first = pairs.find(({ pong }) => pong === undefined)?.ping.index ?? 0;
  const entries = [first, ...(connection.closed === undefined ? [] : [connection.closed.index])];
  judging.violated({
    code: 'limit-misanswered',
    expected: RATE_PROMISE,
    found,
    because,
    entries,
    connection: connection.name,
  });
}

function isRefusal(entry: Entry): boolean {
  if (entry.kind === 'closed') {
    return entry.by === 'them' && LIMIT_CODES.includes(entry.code) && LIMIT_TEXT.test(entry.reason);
  }
  if (entry.kind !== 'received' || entry.message.meaning !== 'error') return false;
  return LIMIT_TEXT.test(`${entry.message.errorCode ?? ''} ${entry.message.errorText ?? ''}`);
}

const OTHERS_PROMISE = 'a connection that keeps a limit is not affected when another one exceeds it';

/** Judges the sockets that keep every limit: they stay open, and answer each ping. `offenders` are the names of the others. */
function judgeOthers(judging: Judgement, history: History, offenders: ReadonlySet<string>): void {
  for (const connection of trusted(history).filter(({ name }) => !offenders.has(name))) {
    const { name, closed, welcome } = connection;
    if (welcome === undefined) continue;
    const pings = pair(connection, 'ping', 'pong').pairs;
    const unanswered = pings.find(({ ping, pong }) => {
      return pong === undefined && deadlineFor(connection, 'pong', ping.index) !== undefined;
    });
    if (closed?.by !== 'them' && unanswered === undefined) {
      judging.cite(welcome, ...pings.flatMap(({ pong }) => pong ?? []));
      continue;
    }
    const found = closed?.by === 'them' ? `close ${closed.code}` : 'no pong';
    const what = closed?.by === 'them' ? `it ended${describeEnd(connection)}` : 'its ping was not answered';
    const because = `${name} kept the limit, but ${what} while another connection exceeded it`;
    const entries = [unanswered?.ping.index, closed?.index].flatMap((index) => index ?? []);
    judging.violated({
      code: 'limit-harms-others',
      expected: OTHERS_PROMISE,
      found,
      because,
      entries,
      connection: name,
    });
  }
}
