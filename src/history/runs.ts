import { REQUEST_TYPES } from '../protocol/requests.ts';
import { connectionsOf, isWelcome } from './connections.ts';
import type { Entry, EntryOf, History } from './entry.ts';
import { RunBook } from './run-book.ts';
import { quotesIn } from './run-quotes.ts';
import type { Delivery, Run, Runs } from './run-book.ts';
import type { WaitGoal } from './wait-goals.ts';

export type { Delivery, Run, Runs, Stray } from './run-book.ts';

const CACHE = new WeakMap<History, { readonly length: number; readonly found: Runs }>();

/**
 * The runs of a history. An event belongs to the run whose run id or thread it carries: those that the request named, or
 * those that the server made up, announced (`thread_created`) and names together (protocol notes §11, observed on beta-9).
 * One without a known id belongs to the run that is open on its socket (§8.1: variant *a* has no run id, *b* no thread).
 */
export function runsOf(history: History): Runs {
  const cached = CACHE.get(history);
  if (cached?.length === history.length) return cached.found;
  const found = cached !== undefined && !saysMoreOfRuns(history, cached.length) ? cached.found : attribute(history);
  CACHE.set(history, { length: history.length, found });
  return found;
}

/** Whether an entry from the index on can change the runs: a request, an event, or a connection. */
function saysMoreOfRuns(history: History, from: number): boolean {
  for (let index = from; index < history.length; index += 1) {
    const entry = history[index];
    if (entry === undefined) continue;
    if (entry.kind === 'handshake-request' || isRequest(entry) || isOfARun(entry)) return true;
    if (isWelcome(entry) || isAnnouncement(entry)) return true;
  }
  return false;
}

/** Whether an entry asks an agent to run. */
export function isRequest(entry: Entry): entry is EntryOf<'sent'> {
  return entry.kind === 'sent' && (REQUEST_TYPES as readonly string[]).includes(entry.message.type);
}

function attribute(history: History): Runs {
  const book = new RunBook(connectionsOf(history), quotesIn(history));
  for (const entry of history) {
    if (isRequest(entry)) book.ask(entry);
    else if (isOfARun(entry)) book.attribute(entry);
    else if (isAnnouncement(entry)) book.announce(entry);
  }
  return book;
}

/** Whether an entry tells a user of a thread: `thread_created` and the like (protocol notes §8.5), a welcome, a handshake. */
export function isAnnouncement(entry: Entry): entry is EntryOf<'received'> {
  if (entry.kind !== 'received' || entry.message.thread === undefined) return false;
  const { meaning, type } = entry.message;
  return meaning === 'welcome' || meaning === 'handshake' || (meaning === 'other' && type.startsWith('thread_'));
}

/** Whether an entry is an event of a run, or the failure of one. */
export function isOfARun(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && (entry.message.event !== undefined || entry.message.meaning === 'agent-failure');
}

type NamedRun = Pick<Run, 'request' | 'nonce'>;

/** How findings and reports name a run: by its nonce where it has one. */
export function runName(run: NamedRun): string {
  return `run ${keyOf(run)}`;
}

/** The wait for the end of a run. */
export function runEnd(run: NamedRun): WaitGoal {
  return `run ${keyOf(run)}`;
}

function keyOf({ request, nonce }: NamedRun): string {
  return nonce ?? request.message.thread ?? `#${request.index}`;
}

interface RunIndex {
  readonly asked: ReadonlyMap<string, readonly Run[]>;
  readonly delivered: ReadonlyMap<string, readonly Delivery[]>;
}

const INDICES = new WeakMap<Runs, RunIndex>();
const NOTHING = [] as const;

/** The runs that were asked for on one connection, in order. */
export function runsAskedOn(history: History, connection: string): readonly Run[] {
  return indexOf(runsOf(history)).asked.get(connection) ?? NOTHING;
}

/** What one connection received of any run, in order of the requests. */
export function deliveriesTo(history: History, connection: string): readonly Delivery[] {
  return indexOf(runsOf(history)).delivered.get(connection) ?? NOTHING;
}

function indexOf(found: Runs): RunIndex {
  const known = INDICES.get(found);
  if (known !== undefined) return known;
  const asked = new Map<string, Run[]>();
  const delivered = new Map<string, Delivery[]>();
  for (const run of found.runs) {
    append(asked, run.connection, run);
    for (const delivery of run.deliveries.values()) append(delivered, delivery.connection, delivery);
  }
  const index = { asked, delivered };
  INDICES.set(found, index);
  return index;
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
