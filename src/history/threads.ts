import { connectionsOf } from './connections.ts';
import type { EntryOf, History } from './entry.ts';
import type { Run } from './runs.ts';
import { isAnnouncement, runsOf } from './runs.ts';
import { userOf } from './user.ts';

/** How a thread became the thread of a user, and the entry that shows it. */
export interface ThreadOwner {
  readonly user: string;
  readonly how: 'asked for it' | 'was told of it' | 'was sent its events';
  readonly index: number;
}

/**
 * Whose each thread is: that of the user who asks for it, of the user to whom the server announces it first, or, where a run
 * has neither, of the user whose run names it first (protocol notes §11, observed on beta-9: the server does not know the
 * thread of a client, makes one of its own and announces it with `thread_created`).
 */
export function threadOwners(history: History): ReadonlyMap<string, readonly ThreadOwner[]> {
  const owners = new Map<string, ThreadOwner[]>();
  const users = new Map(connectionsOf(history).map((connection) => [connection.name, userOf(connection)]));
  for (const entry of history) {
    const user = users.get(entry.connection) ?? '';
    if (entry.kind === 'sent') give(owners, entry, { user, how: 'asked for it', index: entry.index });
    else if (isAnnouncement(entry) && !owners.has(entry.message.thread ?? ''))
      give(owners, entry, { user, how: 'was told of it', index: entry.index });
  }
  for (const run of runsOf(history).runs) {
    const first = firstOfItsOwn(run, owners);
    if (first !== undefined) give(owners, first, { user: run.user, how: 'was sent its events', index: first.index });
  }
  return owners;
}

/** The event that names a thread first, in a run whose thread was neither announced nor is the one that was asked for. */
function firstOfItsOwn(run: Run, owners: ReadonlyMap<string, readonly ThreadOwner[]>): EntryOf<'received'> | undefined {
  const naming = threadEvents(run);
  const isSettled = naming.some(({ message }) => isOwnedBy(run.user, owners.get(message.thread ?? '')));
  return isSettled || run.announced.length > 0
    ? undefined
    : naming.find(({ message }) => !owners.has(message.thread ?? ''));
}

/** The events of a run that name a thread, in order of arrival. */
export function threadEvents({ deliveries }: Run): readonly EntryOf<'received'>[] {
  return [...deliveries.values()]
    .flatMap(({ entries }) => entries)
    .filter(({ message }) => message.thread !== undefined)
    .toSorted((a, b) => a.index - b.index);
}

/** Whether a user is among the owners of a thread. */
export function isOwnedBy(user: string, owners: readonly ThreadOwner[] = []): boolean {
  return owners.some((owner) => owner.user === user);
}

type Naming = EntryOf<'sent'> | EntryOf<'received'>;

function give(owners: Map<string, ThreadOwner[]>, { message: { thread } }: Naming, owner: ThreadOwner): void {
  if (thread === undefined) return;
  const known = owners.get(thread);
  if (known === undefined) owners.set(thread, [owner]);
  else if (!isOwnedBy(owner.user, known)) known.push(owner);
}
