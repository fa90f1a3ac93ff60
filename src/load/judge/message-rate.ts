import { judgement } from '../../checks/judgement.ts';
import type { Judgement } from '../../checks/judgement.ts';
import { pair } from '../../checks/ping-pairs.ts';
import { describeEnd, trusted } from '../../checks/subjects.ts';
import type { Check } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { advertisedLimits } from './advertised-limits.ts';
import { judgeBystanders } from './bystanders.ts';

const PROMISE =
  'messages beyond the limit of a minute are answered, or refused by an error or a close that names the limit';
const LIMIT_TEXT = /\brate[ _-]?limit|\btoo many|\blimit (?:exceeded|reached)|\bslow down/i;
const LIMIT_CODES = [1008, 1013];

/** More pings at once than a minute allows (protocol notes §10; failure notes FM-71). What was answered is a note. */
export function messageRate(): Check {
  return (history: History) => {
    const judging = judgement('message-rate', PROMISE);
    const { messagesPerMinute } = advertisedLimits(history);
    const offenders = trusted(history).filter((one) => pair(one, 'ping', 'pong').pairs.length > messagesPerMinute);
    for (const connection of offenders) judge(judging, connection, messagesPerMinute);
    if (offenders.length > 0) judgeBystanders(judging, history, new Set(offenders.map(({ name }) => name)));
    return judging.verdict(`more than ${messagesPerMinute} messages at once were answered as documented`);
  };
}

function judge(judging: Judgement, connection: Connection, limit: number): void {
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
    expected: PROMISE,
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
