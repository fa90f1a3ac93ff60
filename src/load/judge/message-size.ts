import { judgement } from '../../checks/judgement.ts';
import type { Judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import type { Pair } from '../../checks/ping-pairs.ts';
import { deadlineFor, describeEnd, trusted } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { advertisedLimits } from './advertised-limits.ts';
import { judgeBystanders } from './bystanders.ts';

const PROMISE =
  'a message up to the limit is answered; a larger one is answered, ignored, answered by an error, or ends its connection with 1009 or 1008';
const TOO_BIG = [1008, 1009];
/** Pings from this share of the limit on were made that large on purpose. */
const PADDED = 0.5;

/** Pings padded to sizes around the advertised limit (protocol notes §10, rows "message size"). What came is a note. */
export function messageSize(): Check {
  return (history: History) => {
    const judging = judgement('message-size', PROMISE);
    const { messageBytes } = advertisedLimits(history);
    const offenders = new Set<string>();
    for (const connection of trusted(history)) {
      for (const asked of pair(connection, 'ping', 'pong').pairs) {
        if (asked.ping.bytes < messageBytes * PADDED) continue;
        offenders.add(connection.name);
        judge(judging, connection, asked, messageBytes);
      }
    }
    if (offenders.size > 0) judgeBystanders(judging, history, offenders);
    return judging.verdict(`messages around ${messageBytes} bytes were answered as documented`);
  };
}

function judge(judging: Judgement, connection: Connection, { ping, pong }: Pair, limit: number): void {
  const asked = `a message of ${ping.bytes} bytes, where ${limit} are advertised,`;
  const answer = pong === undefined ? otherAnswer(connection, ping) : { what: 'answered', entry: pong };
  const entries = [ping.index, ...(answer.entry === undefined ? [] : [answer.entry.index])];
  const because = `${asked} was ${answer.what}`;
  const within = ping.bytes <= limit;
  if (pong !== undefined || (!within && isDocumented(answer.entry))) {
    judging.cite(ping);
    return judging.note({ code: 'limit-answer', because, entries });
  }
  const told = { expected: PROMISE, found: answer.what, because: `${connection.name}: ${because}`, entries };
  judging.violated({ ...told, code: 'limit-misanswered', connection: connection.name });
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
