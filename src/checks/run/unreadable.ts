import type { EntryOf } from '../../history/entry.ts';
import { allOf } from '../../history/connections.ts';
import { agentEventNamed } from '../../protocol/agent-events.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';

/** What a run lacks because a message cannot be read. */
export interface Unread {
  /** Whether the absence of this event is explained; each unreadable message explains one absence. */
  explains(event: string): boolean;
}

/**
 * The messages that could not be read while a run was under way. One that names its type stands for that event, another one
 * for any. What it stood for is its consequence: the well-formed check finds the message, and here nothing is missing.
 */
export function unreadDuring(judging: Judgement, { run, connection, terminal, name }: RunSubject): Unread {
  let unread: EntryOf<'unreadable'>[] | undefined;
  return {
    explains(event) {
      const left = (unread ??= allOf(connection.entries, 'unreadable').filter(
        ({ direction, index }) =>
          direction === 'received' && index > run.request.index && index < (terminal?.index ?? Infinity),
      ));
      const position = left.findIndex(({ type }) => type !== undefined && agentEventNamed(type) === event);
      const any = position === -1 ? left.findIndex(({ type }) => type === undefined) : position;
      const [entry] = any === -1 ? [] : left.splice(any, 1);
      if (entry === undefined) return false;
      judging.doubted({
        code: 'unreadable-instead',
        because: `${name}: ${event} ${entry.type === undefined ? 'may be' : 'is'} message #${entry.index}, which cannot be read${problemOf(entry)}`,
        entries: [run.request.index, entry.index],
        connection: connection.name,
      });
      return true;
    },
  };
}

function problemOf({ problem }: EntryOf<'unreadable'>): string {
  return problem === undefined ? '' : `: ${problem}`;
}
