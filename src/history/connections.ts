import { STAGES } from './entry.ts';
import type { Entry, EntryOf, History } from './entry.ts';

/** Everything that happened on one socket, with its milestones picked out. */
export interface Connection {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly request: EntryOf<'handshake-request'> | undefined;
  /** The last stage that was reached before the upgrade request could be sent. */
  readonly reached: EntryOf<'reached'> | undefined;
  readonly answer: EntryOf<'handshake-answer'> | undefined;
  readonly opened: EntryOf<'opened'> | undefined;
  readonly refused: EntryOf<'refused'> | undefined;
  readonly welcome: EntryOf<'received'> | undefined;
  readonly closed: EntryOf<'closed'> | undefined;
}

/** The stages come right behind the request, before anything else of a connection. */
const LAST_STAGE = 1 + STAGES.length;

interface Cached {
  readonly length: number;
  readonly connections: readonly Connection[];
}

const CACHE = new WeakMap<History, Cached>();

/** The sockets of a history, in the order in which they were asked for. Computed once per state of the history. */
export function connectionsOf(history: History): readonly Connection[] {
  const cached = CACHE.get(history);
  if (cached?.length === history.length) return cached.connections;
  const connections = [...groupByConnection(history)].map(([name, entries]) => connection(name, entries));
  CACHE.set(history, { length: history.length, connections });
  return connections;
}

/** The socket of that name, if the history has one. */
export function connectionNamed(history: History, name: string): Connection | undefined {
  return connectionsOf(history).find((candidate) => candidate.name === name);
}

function groupByConnection(history: History): ReadonlyMap<string, readonly Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of history) {
    if (entry.connection === '') continue;
    const group = groups.get(entry.connection);
    if (group === undefined) groups.set(entry.connection, [entry]);
    else group.push(entry);
  }
  return groups;
}

function connection(name: string, entries: readonly Entry[]): Connection {
  return {
    name,
    entries,
    request: firstOf(entries, 'handshake-request'),
    reached: allOf(entries.slice(0, LAST_STAGE), 'reached').at(-1),
    answer: firstOf(entries, 'handshake-answer'),
    opened: firstOf(entries, 'opened'),
    refused: firstOf(entries, 'refused'),
    welcome: entries.find(isWelcome),
    closed: firstOf(entries, 'closed'),
  };
}

/** The first entry of a kind. */
export function firstOf<Kind extends Entry['kind']>(entries: readonly Entry[], kind: Kind): EntryOf<Kind> | undefined {
  return entries.find((entry): entry is EntryOf<Kind> => entry.kind === kind);
}

/** All entries of a kind. */
export function allOf<Kind extends Entry['kind']>(entries: readonly Entry[], kind: Kind): readonly EntryOf<Kind>[] {
  return entries.filter((entry): entry is EntryOf<Kind> => entry.kind === kind);
}

/** Whether an entry is a welcome, in any of its shapes. */
export function isWelcome(entry: Entry): entry is EntryOf<'received'> {
  return entry.kind === 'received' && entry.message.meaning === 'welcome';
}
