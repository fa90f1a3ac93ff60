import type { Connection } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import type { Budgets } from './budgets.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';
import { judgeWelcome } from './welcome-content.ts';

/** What a client owes for what it received (protocol notes §C1). */
const ANSWERS_OF_OURS = ['pong', 'heartbeat_ack', 'handshake_acknowledged'];

const PROMISE = 'one welcome, the first meaningful frame of the connection, naming the user of the token';

/**
 * The server says once, first and in time that the connection is ready, for the user of the token and in main mode. All
 * shapes of protocol notes §5.4 count; what §5.5 lists may precede it.
 */
export function welcome(budgets: Pick<Budgets, 'welcomeBudgetMs'>, scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('welcome', PROMISE);
    for (const connection of openedSubjects(judging, history, scope)) {
      if (connection.welcome === undefined) judgeAbsence(judging, connection);
      else judgeWelcome(judging, history, connection, connection.welcome, budgets);
    }
    return judging.verdict('every connection was welcomed once, first, in time and by name');
  };
}

function judgeAbsence(judging: Judgement, connection: Connection): void {
  const { name, opened, closed, entries } = connection;
  const from = opened?.index ?? 0;
  const deadline = deadlineFor(connection, 'welcome');
  const asked = entries.find(isRequestOfOurs);
  const until = Math.min(deadline?.index ?? Infinity, asked?.index ?? Infinity);
  const error = entries.find((entry): entry is EntryOf<'received'> => isError(entry) && entry.index < until);
  if (error !== undefined) {
    const because = `the first answer is the error ${error.message.errorCode ?? error.message.type}${describeEnd(connection)}`;
    const found = `error: ${error.message.errorText ?? 'no text'}`;
    return judging.violated({
      code: 'welcome-replaced-by-error',
      expected: PROMISE,
      found,
      because,
      entries: [from, error.index],
      connection: name,
    });
  }
  if (closed?.by === 'them') {
    const frames = entries.filter((entry) => entry.kind === 'received').length;
    const because = `the connection was accepted and ended before a welcome, after ${frames} frames${describeEnd(connection)}`;
    return judging.violated({
      code: 'closed-before-welcome',
      expected: PROMISE,
      found: `close ${closed.code}`,
      because,
      entries: [from, closed.index],
      connection: name,
    });
  }
  if (deadline === undefined) {
    const because = 'the test ended before the welcome was due';
    return judging.doubted({ code: 'not-awaited', because, entries: [from], connection: name });
  }
  const because = `nothing that is a welcome arrived within ${Math.round(deadline.afterMs)} ms; the connection stayed open`;
  judging.violated({
    code: 'welcome-missing',
    expected: PROMISE,
    found: 'no welcome',
    because,
    entries: [from, deadline.index],
    connection: name,
  });
}

function isError(entry: Entry): boolean {
  return entry.kind === 'received' && entry.message.meaning === 'error';
}

/** What we sent by ourselves; an error that follows it answers it. */
function isRequestOfOurs(entry: Entry): boolean {
  if (entry.kind === 'unreadable') return entry.direction === 'sent';
  return entry.kind === 'sent' && !ANSWERS_OF_OURS.includes(entry.message.type);
}
