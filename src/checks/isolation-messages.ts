import { accompaniesARun, isCompanion } from '../history/companions.ts';
import type { Connection } from '../history/connections.ts';
import type { EntryOf } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runName } from '../history/runs.ts';
import type { ThreadOwner } from '../history/threads.ts';
import { threadEvents } from '../history/threads.ts';
import { userOf } from '../history/user.ts';
import { noncesIn } from '../protocol/nonce.ts';
import type { Judgement } from './judgement.ts';
import { joinedTexts } from './joined-text.ts';
import { called } from './run/subject.ts';

/** Shorter answers may be equal by chance. */
const TELLING_CHARACTERS = 40;

const PROMISE = 'every message on a socket belongs to the user, the threads and the runs of that socket';

/**
 * Chunks, progress and reports name no run of another user, and, where the events of this user's runs name theirs, no run and
 * no thread that nobody was told of. {@link Owners} says whose a thread is; threads of other users are judged with all messages.
 */
export function judgeCompanions(
  judging: Judgement,
  connection: Connection,
  runs: readonly Run[],
  owners: ReadonlyMap<string, readonly ThreadOwner[]>,
): void {
  const welcome = connection.welcome?.index ?? 0;
  const naming = connection.entries
    .filter(isCompanion)
    .filter(({ index, message }) => index > welcome && isNaming(message));
  if (naming.length === 0) return;
  const user = userOf(connection);
  const own = runs.filter((run) => run.user === user);
  const others = runs.filter((run) => run.user !== user);
  for (const entry of naming) {
    judgeRun(judging, connection, entry, own, others);
    const { thread } = entry.message;
    if (thread === undefined || owners.has(thread)) continue;
    const known = own.flatMap((run) => [...run.announced, ...threadEvents(run).map(({ message }) => message.thread)]);
    if (own.length === 0) reportUnasked(judging, connection, entry, `the thread ${thread}`);
    else if (known.length > 0 && !known.includes(thread))
      report(judging, connection, entry, 'thread', `the thread ${thread}, of which ${user} was never told`);
  }
}

function isNaming({ run, thread }: EntryOf<'received'>['message']): boolean {
  return run !== undefined || thread !== undefined;
}

function judgeRun(
  judging: Judgement,
  connection: Connection,
  entry: EntryOf<'received'>,
  own: readonly Run[],
  others: readonly Run[],
): void {
  const { run: name } = entry.message;
  if (name === undefined || own.some((run) => namesOf(run).has(name))) return;
  const foreign = others.find((run) => namesOf(run).has(name));
  if (foreign !== undefined) {
    const whose = `the run ${name} of ${foreign.user}, ${runName(foreign)}, asked for on ${foreign.connection}`;
    return report(judging, connection, entry, 'run', whose, foreign.request.index);
  }
  if (own.length === 0) return reportUnasked(judging, connection, entry, `the run ${name}`);
  const serverNamesRuns = own.some(({ deliveries }) =>
    [...deliveries.values()].some(({ entries }) => entries.some(({ message }) => message.run !== undefined)),
  );
  if (serverNamesRuns) report(judging, connection, entry, 'run', `the run ${name}, which nobody here asked for`);
}

function namesOf({ request, deliveries }: Run): ReadonlySet<string | undefined> {
  const events = [...deliveries.values()].flatMap(({ entries }) => entries);
  return new Set([request.message.run, ...events.map(({ message }) => message.run)]);
}

function report(
  judging: Judgement,
  { name }: Connection,
  entry: EntryOf<'received'>,
  what: 'run' | 'thread',
  whose: string,
  ...shownBy: readonly number[]
): void {
  judging.violated({
    code: what === 'run' ? 'foreign-run' : 'foreign-thread',
    expected: `a ${what} of this user`,
    found: `${what} ${entry.message[what]}`,
    because: `${called(entry)} on ${name} names ${whose}`,
    entries: [...shownBy, entry.index],
    connection: name,
  });
}

/** A connection that asked for nothing gets nothing of any run; messages that do not accompany one may name what they like. */
function reportUnasked(judging: Judgement, { name }: Connection, entry: EntryOf<'received'>, named: string): void {
  if (!accompaniesARun(entry)) return;
  judging.violated({
    code: 'unasked-event',
    expected: PROMISE,
    found: 'a message of a run that nobody asked for',
    because: `${called(entry)} of ${named} arrived on ${name}, which had asked for no run`,
    entries: [entry.index],
    connection: name,
  });
}

/**
 * No prompt and no answer of another user stands in what the messages of a socket say together, however it is cut into
 * chunks. Prompts are recognised by their nonces. An answer that this user got too is no leak: equal prompts may have equal
 * answers. Without runs of several users there is nothing to find, and nothing is read.
 */
export function judgeJoinedTexts(judging: Judgement, connections: readonly Connection[], runs: readonly Run[]): void {
  if (runs.length === 0 || connections.length < 2) return;
  const byNonce = new Map(runs.map((run) => [run.nonce, run]));
  for (const connection of connections) {
    const user = userOf(connection);
    const others = runs.filter((run) => run.user !== user);
    const texts = others.length === 0 ? [] : joinedTexts(connection, runs.length - others.length);
    if (texts.length === 0) continue;
    const found = new Set<Run>();
    for (const { text, entriesFrom } of texts) {
      for (const nonce of noncesIn(text)) {
        const run = byNonce.get(nonce);
        const entries = entriesFrom(text.indexOf(nonce), nonce.length);
        if (run === undefined || run.user === user || found.has(run) || entries.length < 2) continue;
        found.add(run);
        reportLeak(judging, connection, run, 'foreign-nonce', entries);
      }
    }
    const own = new Set(runs.filter((run) => run.user === user).flatMap(answersOf));
    for (const run of others) {
      if (found.has(run)) continue;
      for (const answer of answersOf(run)) {
        const holding = own.has(answer) ? undefined : texts.find(({ text }) => text.includes(answer));
        if (holding === undefined || quotesItself(answer, byNonce, user)) continue;
        reportLeak(
          judging,
          connection,
          run,
          'foreign-answer',
          holding.entriesFrom(holding.text.indexOf(answer), answer.length),
        );
        break;
      }
    }
  }
}

function answersOf({ deliveries }: Run): readonly string[] {
  return [...deliveries.values()].flatMap(({ entries }) =>
    entries.flatMap(({ message }) =>
      message.answer !== undefined && message.answer.length >= TELLING_CHARACTERS ? [message.answer] : [],
    ),
  );
}

/** An answer that quotes a prompt of this user is mixed up already where it was sent. */
function quotesItself(answer: string, byNonce: ReadonlyMap<string | undefined, Run>, user: string): boolean {
  return noncesIn(answer).some((nonce) => byNonce.get(nonce)?.user === user);
}

const MOST_CITED = 20;

function reportLeak(
  judging: Judgement,
  { name }: Connection,
  run: Run,
  code: 'foreign-nonce' | 'foreign-answer',
  entries: readonly EntryOf<'received'>[],
): void {
  const what = code === 'foreign-nonce' ? 'the prompt' : 'the answer';
  const [first, last] = [entries[0], entries.at(-1)];
  const where =
    first === last || first === undefined
      ? `#${first?.index}`
      : `${entries.length} messages from #${first.index} to #${last?.index}`;
  judging.violated({
    code,
    expected: PROMISE,
    found: code === 'foreign-nonce' ? `the nonce ${run.nonce}, in pieces` : 'the text of the answer',
    because: `${where} on ${name} together hold ${what} of ${runName(run)}, asked for on ${run.connection} by ${run.user}`,
    entries: [run.request.index, ...entries.slice(0, MOST_CITED).map(({ index }) => index)],
    connection: name,
  });
}

/** The server's own name of a connection belongs to one connection, of those that were open at the same time or of other users. */
export function judgeConnectionIds(judging: Judgement, connections: readonly Connection[]): void {
  const named = new Map<string, Connection[]>();
  for (const connection of connections) {
    const id = connection.welcome?.message.serverConnection;
    if (id === undefined) continue;
    const earlier = named.get(id) ?? [];
    const twin = earlier.find((other) => mayNotShare(other, connection));
    named.set(id, [...earlier, connection]);
    if (twin?.welcome === undefined || connection.welcome === undefined) continue;
    judging.violated({
      code: 'connection-id-shared',
      expected: 'a connection_id of its own',
      found: `${id} again`,
      because: `the welcomes of ${twin.name} (#${twin.welcome.index}) and ${connection.name} (#${connection.welcome.index}) name the same connection ${id}`,
      entries: [twin.welcome.index, connection.welcome.index],
      connection: connection.name,
    });
  }
}

/** A user who returns may get the connection of before, in name; two users, or two sockets at once, may not. */
function mayNotShare(earlier: Connection, later: Connection): boolean {
  if (userOf(earlier) !== userOf(later)) return true;
  return earlier.closed === undefined || earlier.closed.index > (later.request?.index ?? 0);
}
