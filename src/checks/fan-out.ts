import type { EntryOf, History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Connection } from '../history/connections.ts';
import { connectionNamed } from '../history/connections.ts';
import { sequence, subjectOfRun } from './run/subject.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'every socket of a user gets every event of every run of that user';

/**
 * The events of a run reach all connections of the user who asked, not only the newest or the asking one (protocol notes §11,
 * failure notes FM-68). Judges the connections that were open when the run was asked for, by the user of their credential:
 * where authentication is bypassed, other users' connections may get the events or not. What it does not see: order.
 */
export function fanOut(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('fan-out', PROMISE);
    const connections = welcomedSubjects(judging, history, scope);
    const { runs } = runsOf(history);
    if (runs.length === 0) for (const connection of connections) doubtUnasked(judging, connection);
    for (const run of runs) {
      const asker = connectionNamed(history, run.connection)?.request?.user;
      const sockets = connections.filter(({ request }) => request?.user === asker).filter((each) => wasOpen(each, run));
      if (sockets.length < 2) continue;
      for (const socket of sockets) judgeSocket(judging, run, socket, sockets);
    }
    return judging.verdict('every socket of the user got every event');
  };
}

function judgeSocket(judging: Judgement, run: Run, socket: Connection, sockets: readonly Connection[]): void {
  const { events, name } = subjectOfRun(run, socket);
  judging.cite(run.request, ...events);
  const others = sockets.map((other) => subjectOfRun(run, other));
  const fuller = others.find((other) => lacking(other.events, events).length > 0);
  if (fuller !== undefined) {
    const missed = lacking(fuller.events, events);
    const because = `${name}: ${socket.name} lacks ${missed.join(', ')}, which ${fuller.connection.name} of the same user got`;
    const entries = [run.request.index, ...events.map(({ index }) => index)];
    const found = sequence(events);
    const expected = sequence(fuller.events);
    judging.violated({ code: 'fan-out-missing', expected, found, because, entries, connection: socket.name });
  } else if (events.length === 0) {
    const because = `${name}: no socket of the user got any event`;
    judging.doubted({ code: 'not-served', because, entries: [run.request.index], connection: socket.name });
  }
}

/** The names of the events that `whole` has and `part` lacks; a name stands there as often as it is lacking. */
function lacking(whole: readonly EntryOf<'received'>[], part: readonly EntryOf<'received'>[]): readonly string[] {
  const left = part.map(nameOf);
  return whole.map(nameOf).filter((name) => {
    const position = left.indexOf(name);
    if (position !== -1) left.splice(position, 1);
    return position === -1;
  });
}

function nameOf({ message }: EntryOf<'received'>): string {
  return message.event ?? message.type;
}

function wasOpen({ welcome, closed }: Connection, { request }: Run): boolean {
  return (
    welcome !== undefined && welcome.index < request.index && (closed === undefined || closed.index > request.index)
  );
}
