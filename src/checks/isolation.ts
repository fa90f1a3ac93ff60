import { noncesIn } from '../protocol/nonce.ts';
import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { runName } from '../history/runs.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import type { ThreadOwner } from '../history/threads.ts';
import { isOwnedBy, threadEvents, threadOwners } from '../history/threads.ts';
import { sameUser, userOf } from '../history/user.ts';
import { bypassOf } from './bypass.ts';
import { judgeCompanions, judgeConnectionIds, judgeJoinedTexts } from './isolation-messages.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { doubtUnasked, openedSubjects, trusted } from './subjects.ts';
import type { Check, Verdict } from './verdict.ts';
import { called } from './run/subject.ts';

const PROMISE = 'every message on a socket belongs to the user, the threads and the runs of that socket';

/**
 * Nothing of one user reaches another: no event of another user's run, no id of another user, thread or run, no nonce of another
 * user's prompt, no answer of another user, whole or in chunks, in any message. A finding names both connections. The connections of one user may see each other's runs (protocol notes §11).
 * Where authentication is bypassed, all clients are one user: the verdict over several users is unknown, and so is that over one
 * user who gets what nobody here asked for, because another client may have asked for it.
 */
export function isolation(): Check {
  return (history: History) => {
    const bypass = bypassOf(history);
    const verdict = judgeIsolation(history);
    const users = new Set(trusted(history).flatMap(({ request, opened }) => (opened ? [request?.user] : [])));
    if (bypass === undefined || (users.size < 2 && verdict.holds !== false)) return verdict;
    const judging = judgement('isolation', PROMISE);
    openedSubjects(judging, history);
    judging.doubted({ code: 'auth-bypass-active', because: bypass.because, entries: bypass.entries });
    return judging.verdict(PROMISE);
  };
}

function judgeIsolation(history: History): Verdict {
  const judging = judgement('isolation', PROMISE);
  const connections = openedSubjects(judging, history);
  const { runs, strays, replays } = runsOf(history);
  const nonces = new Map(runs.flatMap((run) => (run.nonce === undefined ? [] : [[run.nonce, run] as const])));
  for (const { entry, run } of strays) reportStray(judging, entry, run);
  for (const entry of replays) noteReplay(judging, entry);
  const owners = threadOwners(history);
  for (const run of runs) {
    judgeRunIds(judging, run, nonces);
    judgeThreads(judging, run, owners);
  }
  const reported = new Set(strays.map(({ entry }) => entry));
  for (const connection of connections) {
    judgeMessages(judging, connection, nonces, reported);
    judgeForeignThreads(judging, connection, owners, new Set([...reported, ...quotingOthers(connection, nonces)]));
  }
  for (const connection of connections) judgeCompanions(judging, connection, runs, owners);
  judgeJoinedTexts(judging, connections, runs);
  judgeConnectionIds(judging, connections);
  doubtSilence(judging, runs);
  return judging.verdict('every message belonged where it arrived');
}

/** Where several users asked and no event arrived, nothing could reach the wrong user. */
function doubtSilence(judging: Judgement, runs: readonly Run[]): void {
  const users = new Set(runs.map(({ user }) => user));
  if (users.size < 2 || runs.some(({ deliveries }) => deliveries.size > 0)) return;
  const because = `${runs.length} runs of ${users.size} users were asked for, and not one event came that could have gone astray`;
  judging.doubted({ code: 'not-served', because, entries: runs.map(({ request }) => request.index) });
}

/** A user with an earlier session may get what was queued for it (protocol notes §5.1, step 7); a new user may not. */
function noteReplay(judging: Judgement, { index, connection, message }: EntryOf<'received'>): void {
  const because =
    `${message.event ?? message.type} (#${index}) arrived on ${connection} before its welcome and belongs to no run of this test: ` +
    'it was queued for an earlier session of the user, or nobody asked for it';
  judging.note({ code: 'event-before-welcome', because, entries: [index] });
}

function reportStray(judging: Judgement, entry: EntryOf<'received'>, run: Run | undefined): void {
  const event = `${entry.message.event ?? entry.message.type} (#${entry.index})`;
  const expected = PROMISE;
  const connection = entry.connection;
  if (run === undefined) {
    const because = `${event} arrived on ${connection}, which had asked for no run`;
    return judging.violated({
      code: 'unasked-event',
      expected,
      found: 'an event nobody asked for',
      because,
      entries: [entry.index],
      connection,
    });
  }
  const because = `${event} of ${runName(run)}, asked for on ${run.connection} by ${run.user}, arrived on ${connection}`;
  judging.violated({
    code: 'foreign-event',
    expected,
    found: "another user's event",
    because,
    entries: [run.request.index, entry.index],
    connection,
  });
}

function judgeMessages(
  judging: Judgement,
  connection: Connection,
  nonces: ReadonlyMap<string, Run>,
  reported: ReadonlySet<EntryOf<'received'>>,
): void {
  const user = userOf(connection);
  if (!connection.entries.some(({ kind }) => kind === 'received')) doubtUnasked(judging, connection);
  for (const entry of connection.entries) {
    if (entry.kind !== 'received' || reported.has(entry)) continue;
    judging.cite(entry);
    const named = entry.message.user;
    if (named !== undefined && entry.message.meaning !== 'welcome' && !sameUser(named, user)) {
      const because = `${entry.message.event ?? entry.message.type} (#${entry.index}) on ${connection.name} of ${user} names the user ${named}`;
      judging.violated({
        code: 'foreign-user',
        expected: `user ${user}`,
        found: `user ${named}`,
        because,
        entries: [entry.index],
        connection: connection.name,
      });
    }
    const quoted = noncesIn(entry.text).flatMap((nonce) => nonces.get(nonce) ?? []);
    const foreign = quoted.find((run) => run.user !== user);
    if (foreign === undefined) continue;
    const because = `#${entry.index} on ${connection.name} of ${user} quotes the prompt of ${runName(foreign)}, asked for on ${foreign.connection} by ${foreign.user}`;
    judging.violated({
      code: 'foreign-nonce',
      expected: PROMISE,
      found: `the nonce ${foreign.nonce}`,
      because,
      entries: [foreign.request.index, entry.index],
      connection: connection.name,
    });
  }
}

type Owners = ReadonlyMap<string, readonly ThreadOwner[]>;

/** The messages that quote another user's prompt; that they name that user's thread too is the same leak. */
function quotingOthers(connection: Connection, nonces: ReadonlyMap<string, Run>): readonly EntryOf<'received'>[] {
  const user = userOf(connection);
  return allOf(connection.entries, 'received').filter(({ text }) =>
    noncesIn(text).some((nonce) => (nonces.get(nonce)?.user ?? user) !== user),
  );
}

/** No message names a thread that is another user's (see {@link threadOwners}). */
function judgeForeignThreads(
  judging: Judgement,
  connection: Connection,
  owners: Owners,
  reported: ReadonlySet<EntryOf<'received'>>,
): void {
  const user = userOf(connection);
  for (const entry of allOf(connection.entries, 'received')) {
    const { thread, event, type } = entry.message;
    const [owner] = thread === undefined || reported.has(entry) ? [] : (owners.get(thread) ?? []);
    if (thread === undefined || owner === undefined || isOwnedBy(user, owners.get(thread))) continue;
    const because = `${event ?? type} (#${entry.index}) on ${connection.name} of ${user} names the thread ${thread} of ${owner.user}, who ${owner.how} (#${owner.index})`;
    judging.violated({
      code: 'foreign-thread',
      expected: `a thread of ${user}`,
      found: `a thread of ${owner.user}`,
      because,
      entries: [owner.index, entry.index],
      connection: connection.name,
    });
  }
}

/** The events of one run name no thread that nobody was told of, where the thread of the run is known. */
function judgeThreads(judging: Judgement, run: Run, owners: Owners): void {
  const naming = threadEvents(run);
  const own = run.announced[0] ?? naming.find(({ message }) => isOwned(run, message, owners))?.message.thread;
  for (const entry of naming) {
    if (own === undefined || entry.message.thread === undefined || owners.has(entry.message.thread)) continue;
    const because = `${called(entry)} of ${runName(run)} names the thread ${entry.message.thread}, of which ${run.user} was never told; the run is on ${own}`;
    judging.violated({
      code: 'foreign-thread',
      expected: `thread ${own}`,
      found: `thread ${entry.message.thread}`,
      because,
      entries: [run.request.index, entry.index],
      connection: entry.connection,
    });
  }
}

function isOwned(run: Run, { thread }: EntryOf<'received'>['message'], owners: Owners): boolean {
  return thread !== undefined && isOwnedBy(run.user, owners.get(thread));
}

/**
 * The events of one run agree on one run id (protocol notes §11), and quote no other prompt of the same user in place of
 * their own.
 */
export function judgeRunIds(judging: Judgement, run: Run, nonces: ReadonlyMap<string, Run>): void {
  for (const { entries, connection } of run.deliveries.values()) {
    const leader = entries.find(({ message }) => message.run !== undefined);
    for (const entry of entries) {
      judgeQuote(judging, run, entry, connection, nonces);
      if (leader === undefined || entry.message.run === undefined || entry.message.run === leader.message.run) continue;
      const because = `${called(entry)} of ${runName(run)} names the run ${entry.message.run}; #${leader.index} named ${leader.message.run}`;
      const found = `run ${entry.message.run}`;
      judging.violated({
        code: 'foreign-run',
        expected: `run ${leader.message.run}`,
        found,
        because,
        entries: [leader.index, entry.index],
        connection,
      });
    }
  }
}

/** A message that quotes another prompt of the same user. `judgeMessages` reports nonces of other users. */
function judgeQuote(
  judging: Judgement,
  run: Run,
  entry: EntryOf<'received'>,
  connection: string,
  nonces: ReadonlyMap<string, Run>,
): void {
  const quoted = noncesIn(entry.text);
  if (run.nonce === undefined || quoted.includes(run.nonce)) return;
  const other = quoted.map((nonce) => nonces.get(nonce)).find((asked) => asked?.user === run.user);
  if (other === undefined) return;
  judging.violated({
    code: 'foreign-run',
    expected: `the prompt of ${runName(run)}, if any`,
    found: `the prompt of ${runName(other)}`,
    because: `${called(entry)} of ${runName(run)} quotes the prompt of ${runName(other)} instead of its own`,
    entries: [run.request.index, other.request.index, entry.index],
    connection,
  });
}
