import type { Connection } from '../history/connections.ts';
import { allOf, connectionsOf, firstOf } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import type { WaitGoal } from '../history/wait-goals.ts';
import { findingKind } from './findings.ts';
import type { Judgement } from './judgement.ts';
import { refusalOfConnection } from './refusal.ts';

/** Which connections a check judges. Without names: all that present a valid credential. */
export interface Scope {
  readonly of?: readonly string[];
}

/** The connections that present a valid credential, within the scope. */
export function trusted(history: History, { of }: Scope = {}): readonly Connection[] {
  return connectionsOf(history).filter(
    ({ name, request }) => request?.credential === 'valid' && (of === undefined || of.includes(name)),
  );
}

/** The trusted connections that opened and were not flooded. Each other one is a doubt that names its refusal, or the flood. */
export function openedSubjects(judging: Judgement, history: History, scope: Scope = {}): readonly Connection[] {
  return trusted(history, scope).filter((connection) => {
    const refusal = refusalOfConnection(connection, history);
    if (isFlooded(judging, connection)) return false;
    if (refusal === undefined && connection.opened !== undefined) return true;
    const entries = refusal?.entries ?? indexOf(connection.request);
    const because = refusal?.because ?? 'the upgrade was still unanswered when the test ended';
    const blame = findingKind(refusal?.code ?? 'not-connected').blame;
    judging.doubted({ code: 'not-connected', because, blame, entries, connection: connection.name });
    return false;
  });
}

/** A connection that was cut because it was flooded says no more about any other property. */
function isFlooded(judging: Judgement, { entries, name: connection }: Connection): boolean {
  const flooded = firstOf(entries, 'flooded');
  if (flooded === undefined) return false;
  const because = `${connection} was cut because it was flooded (#${flooded.index})`;
  judging.doubted({ code: 'not-served', because, entries: [flooded.index], connection });
  return true;
}

/** The opened connections that were welcomed. Each one that was not is a doubt that says how it ended. */
export function welcomedSubjects(judging: Judgement, history: History, scope: Scope = {}): readonly Connection[] {
  return openedSubjects(judging, history, scope).filter((connection) => {
    if (connection.welcome !== undefined) return true;
    const because = `no welcome arrived${describeEnd(connection)}`;
    judging.doubted({ code: 'not-welcomed', because, entries: lastOf(connection), connection: connection.name });
    return false;
  });
}

/** Doubts a property of a connection that never became ready, or that the server ended before the test asked anything. */
export function doubtUnasked(judging: Judgement, connection: Connection): void {
  const { welcome, closed, name } = connection;
  if (welcome !== undefined && closed?.by !== 'them') return;
  const code = welcome === undefined ? 'not-welcomed' : 'not-connected';
  const because = `nothing could be asked${describeEnd(connection)}`;
  judging.doubted({ code, blame: 'product', because, entries: lastOf(connection), connection: name });
}

/** The frame that ended a connection, because it breaks RFC 6455; the end of the connection is only its consequence. */
export function brokenFrameOf({ entries }: Connection): EntryOf<'broken'> | undefined {
  return entries.find(
    (entry): entry is EntryOf<'broken'> => entry.kind === 'broken' && entry.code.startsWith('WS_ERR_'),
  );
}

/** How a connection ended, as a clause; empty while it is open. */
export function describeEnd(connection: Connection): string {
  const { closed, opened } = connection;
  const broken = brokenFrameOf(connection);
  if (broken !== undefined) return `: a frame broke the connection (#${broken.index}, ${broken.message})`;
  if (closed === undefined) return '';
  const age = opened === undefined ? '' : ` ${Math.round(closed.atMs - opened.atMs)} ms after it opened`;
  const reason = closed.reason === '' ? 'without a reason' : JSON.stringify(closed.reason);
  return `: ${closed.by === 'us' ? 'we' : 'the server'} closed with ${closed.code} ${reason}${age}`;
}

/** The deadline that expired on a connection while the test waited for something; only from the entry `since` on. */
export function deadlineFor(connection: Connection, goal: WaitGoal, since = 0): EntryOf<'deadline'> | undefined {
  return allOf(connection.entries, 'deadline').find((entry) => entry.waitingFor === goal && entry.index >= since);
}

/** The first message after the entry `since` that cannot be read and names such a type: what is waited for may have been it. */
export function unreadNamed(
  connection: Connection,
  isWanted: (type: string) => boolean,
  since = 0,
): EntryOf<'unreadable'> | undefined {
  return allOf(connection.entries, 'unreadable').find(
    ({ direction, type, index }) => direction === 'received' && index >= since && type !== undefined && isWanted(type),
  );
}

function indexOf(entry: Entry | undefined): readonly number[] {
  return entry === undefined ? [] : [entry.index];
}

function lastOf({ entries, opened, closed }: Connection): readonly number[] {
  return [opened, closed ?? entries.at(-1)].flatMap(indexOf);
}
