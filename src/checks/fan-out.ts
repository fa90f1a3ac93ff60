import type { History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import { userOf } from '../history/user.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { Connection } from '../history/connections.ts';
import { sequence, subjectOf } from './run-subject.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'every socket of a user gets every event of every run of that user';

/**
 * The events of a run reach all sockets of the user who asked, not just the newest or the asking one (protocol notes §11,
 * failure notes FM-68). Judges sockets that were open when the run was asked for.
 */
export function fanOut(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('fan-out', PROMISE);
    const connections = welcomedSubjects(judging, history, scope);
    const { runs } = runsOf(history);
    if (runs.length === 0) for (const connection of connections) doubtUnasked(judging, connection);
    for (const run of runs) {
      const sockets = connections.filter((connection) => userOf(connection) === run.user && wasOpen(connection, run));
      if (sockets.length < 2) continue;
      for (const socket of sockets) judgeSocket(judging, run, socket, sockets);
    }
    return judging.verdict('every socket of the user got every event');
  };
}

function judgeSocket(judging: Judgement, run: Run, socket: Connection, sockets: readonly Connection[]): void {
  const { events, name } = subjectOf(run, socket);
  const fullest = sockets
    .map((other) => subjectOf(run, other))
    .toSorted((a, b) => b.events.length - a.events.length)[0];
  judging.cite(run.request, ...events);
  if (fullest === undefined || events.length >= fullest.events.length) return;
  const because = `${name}: ${socket.name} got ${events.length} events, ${fullest.connection.name} of the same user got ${fullest.events.length}`;
  const entries = [run.request.index, ...events.map(({ index }) => index)];
  judging.violated({
    code: 'fan-out-missing',
    expected: sequence(fullest.events),
    found: sequence(events),
    because,
    entries,
    connection: socket.name,
  });
}

function wasOpen({ welcome, closed }: Connection, { request }: Run): boolean {
  return (
    welcome !== undefined && welcome.index < request.index && (closed === undefined || closed.index > request.index)
  );
}
