import { REQUEST_TYPES } from '../protocol/requests.ts';
import { connectionsOf, isWelcome } from './connections.ts';
import type { Entry, EntryOf, History } from './entry.ts';
import { RunBook } from './run-book.ts';
import type { RunProgress } from './run-progress.ts';
import { quotesIn } from './run-quotes.ts';

/** What one socket received of a run. */
export interface Delivery {
  readonly connection: string;
  readonly entries: readonly EntryOf<'received'>[];
  /** The event that ended the run on this socket. */
  readonly terminal: EntryOf<'received'> | undefined;
  /** Which agents are at work, or were left so. */
  readonly progress: Pick<RunProgress, 'open' | 'unstarted'>;
}

/** One agent execution: a request, and what answered it on every socket of the user who asked. */
export interface Run {
  readonly request: EntryOf<'sent'>;
  readonly connection: string;
  readonly user: string;
  readonly nonce: string | undefined;
  /** The threads that the server announced for it. */
  readonly announced: readonly string[];
  readonly deliveries: ReadonlyMap<string, Delivery>;
}

/** An agent event that answers no request of the user on whose socket it arrived. */
export interface Stray {
  readonly entry: EntryOf<'received'>;
  /** The run it belongs to, when that is known. */
  readonly run: Run | undefined;
}

export interface Runs {
  readonly runs: readonly Run[];
  readonly strays: readonly Stray[];
}

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

/** Whether an entry from the index on bears on runs: on what was asked, on what came, or on who listened. */
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

/** Whether an entry tells a user of a thread: `thread_created` and its kin (protocol notes §8.5), a welcome, a handshake. */
export function isAnnouncement(entry: Entry): entry is EntryOf<'received'> {
  if (entry.kind !== 'received' || entry.message.thread === undefined) return false;
  const { meaning, type } = entry.message;
  return meaning === 'welcome' || meaning === 'handshake' || (meaning === 'other' && type.startsWith('thread_'));
}

/** Whether an entry is an event of a run, or the failure of one. */
export function isOfARun(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && (entry.message.event !== undefined || entry.message.meaning === 'agent-failure');
}
