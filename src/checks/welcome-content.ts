import type { Connection } from '../history/connections.ts';
import { isWelcome } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { deliveriesTo } from '../history/run-index.ts';
import { isBypassUser, sameUser } from '../history/user.ts';
import type { Budgets } from './budgets.ts';
import type { Judgement } from './judgement.ts';
import { reportLate } from './lag.ts';

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

/** A notice of degraded service may be the welcome, or precede it (failure notes FM-40). */
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
