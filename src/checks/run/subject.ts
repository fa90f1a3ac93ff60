import type { Connection } from '../../history/connections.ts';
import type { EntryOf } from '../../history/entry.ts';
import { runName } from '../../history/runs.ts';
import type { Run } from '../../history/runs.ts';
import type { ViolationCode } from '../findings.ts';
import type { Judgement } from '../judgement.ts';

/** One run as it arrived on one connection. */
export interface RunSubject {
  readonly run: Run;
  readonly name: string;
  readonly connection: Connection;
  /** Its events up to its end, in order of arrival. */
  readonly events: readonly EntryOf<'received'>[];
  readonly terminal: EntryOf<'received'> | undefined;
  /** Its events after its end. */
  readonly afterEnd: readonly EntryOf<'received'>[];
  /** The starts of the agents that were left at work. */
  readonly open: readonly EntryOf<'received'>[];
  /** Completions of agents that had not started. */
  readonly unstarted: readonly EntryOf<'received'>[];
}

/** A run as it arrived on this connection. */
export function subjectOfRun(run: Run, connection: Connection): RunSubject {
  const delivery = run.deliveries.get(connection.name);
  const entries = delivery?.entries ?? [];
  const terminal = delivery?.terminal;
  const length = terminal === undefined ? entries.length : entries.indexOf(terminal) + 1;
  return {
    run,
    name: runName(run),
    connection,
    events: entries.slice(0, length),
    terminal,
    afterEnd: entries.slice(length),
    open: delivery?.progress.open ?? [],
    unstarted: delivery?.progress.unstarted ?? [],
  };
}

/** An event in a sentence: `agent_started (#4)`. */
export function called({ index, message }: EntryOf<'received'>): string {
  return `${message.event ?? message.type} (#${index})`;
}

/** How the agent of an event is called in a sentence. */
export function agentOf({ message }: EntryOf<'received'>): string {
  return message.agent ?? 'an unnamed agent';
}

/** The events of a run as one line. */
export function sequence(entries: readonly EntryOf<'received'>[]): string {
  return entries.length === 0 ? 'nothing' : entries.map(({ message }) => message.event ?? message.type).join(' → ');
}

/** Doubts a property of a run of which no event came; what is wrong with it, other checks find. */
export function doubtUnserved(judging: Judgement, { run, name, connection }: RunSubject): void {
  const because = `${name}: not one event came`;
  judging.doubted({ code: 'not-served', because, entries: [run.request.index], connection: connection.name });
}

/** Reports a violation of a run; the entries are the request and what is given. */
export function reportRun(
  judging: Judgement,
  subject: RunSubject,
  code: ViolationCode,
  what: {
    readonly expected: string;
    readonly because: string;
    readonly entries: readonly number[];
    readonly found?: string;
  },
): void {
  const found = what.found ?? sequence([...subject.events, ...subject.afterEnd]);
  const because = `${subject.name}: ${what.because}`;
  judging.violated({ ...what, code, found, because, connection: subject.connection.name });
}
