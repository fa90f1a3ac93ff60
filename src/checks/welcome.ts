import type { Connection } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import type { Budgets } from '../history/budgets.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Scope } from './subjects.ts';
import { meaningOf } from '../protocol/meaning.ts';
import { brokenFrameOf, deadlineFor, describeEnd, openedSubjects, unreadNamed } from './subjects.ts';
import type { Check } from './verdict.ts';
import { isWelcome } from '../history/connections.ts';
import { deliveriesTo } from '../history/runs.ts';
import { bypassUserOf, sameUser } from '../history/user.ts';
import { reportLate } from './lag.ts';
import { judgeUpgradeTime } from './upgrade-time.ts';
import { lateWaits, waited } from './waits.ts';

/** The types of messages with which a client answers the server; they ask for nothing (protocol notes §C1). */
const ANSWERS_OF_OURS = ['pong', 'heartbeat_ack', 'handshake_acknowledged'];

const PROMISE = 'one welcome, the first meaningful frame of the connection, naming the user of the token';

/** How long a connection may take until it is ready: to its upgrade, and from there to its welcome. */
interface WelcomeBudgets extends Pick<Budgets, 'welcomeBudgetMs'>, Partial<Pick<Budgets, 'connectBudgetMs'>> {}

/**
 * One welcome says that the connection is ready: before any answer, in time, for the user of the token and in main mode. Every
 * shape in protocol notes §5.4 is a welcome; the messages in §5.5 may come before it. Where it names the demo user or a relaxed
 * user, no client is the user of its token, and the verdict is unknown. Several late welcomes are one finding (see
 * {@link judgeTime}), and so are several late upgrades (see {@link judgeUpgradeTime}). What it does not see: whether the server is ready in fact.
 */
export function welcome(budgets: WelcomeBudgets, scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('welcome', PROMISE);
    const connections = openedSubjects(judging, history, scope);
    for (const connection of connections) {
      if (connection.welcome === undefined) judgeAbsence(judging, connection);
      else judgeWelcome(judging, history, connection, connection.welcome);
    }
    judgeUpgradeTime(judging, history, connections, budgets.connectBudgetMs);
    judgeTime(judging, history, connections, budgets);
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
  const broken = brokenFrameOf(connection);
  if (broken !== undefined) {
    const because = `no welcome could arrive${describeEnd(connection)}`;
    return judging.doubted({ code: 'not-welcomed', because, entries: [from, broken.index], connection: name });
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
  const unread = unreadNamed(connection, mayWelcome);
  if (unread !== undefined) {
    const because = `the welcome may be message #${unread.index}, which cannot be read: ${unread.problem ?? unread.why}`;
    return judging.doubted({ code: 'unreadable-instead', because, entries: [from, unread.index], connection: name });
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

function mayWelcome(type: string): boolean {
  return type === 'system_message' || meaningOf({}, type) === 'welcome';
}

function isError(entry: Entry): boolean {
  return entry.kind === 'received' && entry.message.meaning === 'error';
}

/** Whether we sent a message that asks for something. An error after it is the answer to it. */
function isRequestOfOurs(entry: Entry): boolean {
  if (entry.kind === 'unreadable') return entry.direction === 'sent';
  return entry.kind === 'sent' && !ANSWERS_OF_OURS.includes(entry.message.type);
}

/** Judges a welcome that arrived: once, first, for the right user and in main mode. */
export function judgeWelcome(
  judging: Judgement,
  history: History,
  connection: Connection,
  first: EntryOf<'received'>,
): void {
  judging.cite(first);
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

/**
 * Every welcome is in time. Several late ones are one finding that names all of them and the law that they follow: a server
 * that blocks its event loop for each new connection welcomes ten users one by one (observed on beta-9).
 */
function judgeTime(
  judging: Judgement,
  history: History,
  connections: readonly Connection[],
  { welcomeBudgetMs }: Pick<Budgets, 'welcomeBudgetMs'>,
): void {
  const waits = connections.flatMap(({ name, opened, welcome: first }) =>
    opened === undefined || first === undefined ? [] : [waited(name, opened, first)],
  );
  const late = lateWaits(waits, { what: 'welcome', after: 'the upgrade', budgetMs: welcomeBudgetMs });
  if (late === undefined) return;
  const { worst, ...finding } = late;
  const span = { fromMs: worst.from.atMs, toMs: worst.to.atMs };
  reportLate(judging, history, { span, budgetMs: welcomeBudgetMs }, { ...finding, code: 'welcome-late' });
}

/** A welcome may leave the name of the connection out (protocol notes §5.4, W6 to W8), but not call it null. */
const NULL_CONNECTION = /"connection_id"\s*:\s*(?:null\b|"")/;

function judgeIdentity(judging: Judgement, connection: Connection, first: EntryOf<'received'>): void {
  const { request, name } = connection;
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
  if (first.message.serverConnection === undefined && NULL_CONNECTION.test(first.text)) {
    const because = `the welcome (#${first.index}) names the connection, and the name is null`;
    judging.violated({
      code: 'id-null',
      expected: 'a connection_id',
      found: 'null',
      because,
      entries,
      connection: name,
    });
  }
  const expected = request?.user ?? '';
  if (user === undefined)
    judging.note({ code: 'welcome-names-no-user', because: 'this welcome carries no user id', entries });
  else if (bypassUserOf(connection) !== undefined) {
    const because = `the token is for ${expected}, the welcome names the bypass user ${user}`;
    judging.doubted({ code: 'auth-bypass-active', found: `user ${user}`, because, entries, connection: name });
  } else if (!sameUser(user, expected)) {
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
