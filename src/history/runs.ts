import { REQUEST_TYPES } from '../protocol/requests.ts';
import { connectionsOf, isWelcome } from './connections.ts';
import type { Entry, EntryOf, History } from './entry.ts';
import { RunBook } from './run-book.ts';

/** What one socket received of a run. */
export interface Delivery {
  readonly connection: string;
  readonly entries: readonly EntryOf<'received'>[];
  /** The event that ended the run on this socket. */
  readonly terminal: EntryOf<'received'> | undefined;
}

/** One agent execution: a request, and what answered it on every socket of the user who asked. */
export interface Run {
  readonly request: EntryOf<'sent'>;
  readonly connection: string;
  readonly user: string;
  readonly nonce: string | undefined;
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
 * The runs of a history. An event belongs to the run whose run id or thread it carries; one without a known id belongs to
 * the run that is open on its socket (protocol notes §8.1: variant *a* has no run id, *b* no thread).
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
    if (entry.kind === 'handshake-request' || isRequest(entry) || isOfARun(entry) || isWelcome(entry)) return true;
  }
  return false;
}

/** Whether an entry asks an agent to run. */
export function isRequest(entry: Entry): entry is EntryOf<'sent'> {
  return entry.kind === 'sent' && (REQUEST_TYPES as readonly string[]).includes(entry.message.type);
}

function attribute(history: History): Runs {
  const book = new RunBook(connectionsOf(history));
  for (const entry of history) {
    if (isRequest(entry)) book.ask(entry);
    else if (isOfARun(entry)) book.attribute(entry);
  }
  return book;
}

/** Whether an entry is an event of a run, or the failure of one. */
export function isOfARun(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && (entry.message.event !== undefined || entry.message.meaning === 'agent-failure');
}
