import type { Connection } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import type { Budgets } from '../history/budgets.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';
import { isWelcome } from '../history/connections.ts';
import { deliveriesTo } from '../history/runs.ts';
import { isBypassUser, sameUser } from '../history/user.ts';
import { reportLate } from './lag.ts';

/** The types of messages with which a client answers the server; they ask for nothing (protocol notes §C1). */
const ANSWERS_OF_OURS = ['pong', 'heartbeat_ack', 'handshake_acknowledged'];

const PROMISE = 'one welcome, the first meaningful frame of the connection, naming the user of the token';

/**
 * One welcome says that the connection is ready: before any answer, in time, for the user of the token and in main mode. Every
 * shape in protocol notes §5.4 is a welcome; the messages in §5.5 may come before it. What it does not see: whether the server
 * is ready in fact.
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

/** Whether we sent a message that asks for something. An error after it is the answer to it. */
function isRequestOfOurs(entry: Entry): boolean {
  if (entry.kind === 'unreadable') return entry.direction === 'sent';
  return entry.kind === 'sent' && !ANSWERS_OF_OURS.includes(entry.message.type);
}

/** Judges a welcome that arrived: once, first, in time, for the right user and in main mode. */
export function judgeWelcome(
  judging: Judgement,
  history: History,
  connection: Connection,
  first: EntryOf<'received'>,
  budgets: Pick<Budgets, 'welcomeBudgetMs'>,
): void {
  judging.cite(first);
  judgeTime(judging, history, connection, first, budgets);
  judgeIdentity(judging, connection, first);
  noteDegraded(judging, connection);
  const [, second] = connection.entries.filter(isWelcome);
  if (second !== undefined) {
    const because = `a second welcome (#${second.index}) arrived ${Math.round(second.atMs - first.atMs)} ms after the first (#${first.index})`;
    judging.violated({
      code: 'welcome-duplicated',
      expected: 'one welcome',
      found: 'two',
      because,
      entries: [first.index, second.index],
      connection: connection.name,
    });
  }
  const early = deliveriesTo(history, connection.name)
    .flatMap(({ entries }) => entries)
    .find(({ index }) => index < first.index);
  if (early !== undefined) {
    const because = `${early.message.event ?? early.message.type} (#${early.index}) arrived before the welcome (#${first.index})`;
    judging.violated({
      code: 'welcome-out-of-order',
      expected: 'the welcome before any answer',
      found: 'an answer first',
      because,
      entries: [early.index, first.index],
      connection: connection.name,
    });
  }
}

/** A notice of degraded service may be the welcome itself, or come before it (failure notes FM-40). */
function noteDegraded(judging: Judgement, { entries }: Connection): void {
  const notice = entries.find((entry) => entry.kind === 'received' && entry.message.degraded === true);
  if (notice === undefined) return;
  judging.note({ code: 'degraded', because: 'the service says it runs degraded', entries: [notice.index] });
}

function judgeTime(
  judging: Judgement,
  history: History,
  { opened, name }: Connection,
  first: EntryOf<'received'>,
  { welcomeBudgetMs }: Pick<Budgets, 'welcomeBudgetMs'>,
): void {
  if (opened === undefined) return;
  const tookMs = first.atMs - opened.atMs;
  if (tookMs <= welcomeBudgetMs) return;
  const expected = `a welcome within ${welcomeBudgetMs} ms of the upgrade`;
  const found = `a welcome after ${Math.round(tookMs)} ms`;
  const because = `the welcome (#${first.index}) came ${Math.round(tookMs)} ms after the upgrade; ${welcomeBudgetMs} ms are allowed`;
  const span = { fromMs: opened.atMs, toMs: first.atMs };
  reportLate(
    judging,
    history,
    { span, budgetMs: welcomeBudgetMs },
    { code: 'welcome-late', expected, found, because, entries: [opened.index, first.index], connection: name },
  );
}

function judgeIdentity(judging: Judgement, { request, name }: Connection, first: EntryOf<'received'>): void {
  const { user, mode } = first.message;
  const entries = [first.index];
  if (mode !== undefined && !['main', 'connection_scoped'].includes(mode)) {
    const because = `the welcome says mode ${JSON.stringify(mode)}: path, query or User-Agent chose another handler`;
    judging.violated({
      code: 'welcome-wrong-mode',
      expected: 'mode "main"',
      found: `mode ${JSON.stringify(mode)}`,
      because,
      entries,
      connection: name,
    });
  }
  const expected = request?.user ?? '';
  if (user === undefined)
    judging.note({ code: 'welcome-names-no-user', because: 'this welcome carries no user id', entries });
  else if (isBypassUser(user))
    judging.note({ code: 'auth-bypass-active', because: `the welcome names the bypass user ${user}`, entries });
  else if (!sameUser(user, expected)) {
    const because = `the token is for ${expected}, the welcome names ${user}`;
    judging.violated({
      code: 'welcome-wrong-user',
      expected: `user ${expected}`,
      found: `user ${user}`,
      because,
      entries,
      connection: name,
    });
  }
}
