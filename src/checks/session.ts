import { allOf } from '../history/connections.ts';
import type { History } from '../history/entry.ts';
import { isAnnouncement, runsAskedOn } from '../history/runs.ts';
import { isRestoreAnswer } from '../history/client-answers.ts';
import { judgement } from './judgement.ts';
import { doubtUnserved, reportRun, subjectOfRun } from './run/subject.ts';
import type { Scope } from './subjects.ts';
import { deadlineFor, describeEnd, doubtUnasked, openedSubjects, welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

/*
 * What the browser client of the product keeps its session by (protocol notes §12, seen with that client).
 */

const RESTORED = 'session_restore is answered: by the thread, by session_restored, or by an acknowledgement';

/**
 * A client that connects again and asks for its session gets an answer. What it does not see: whether the session is what it
 * was; the run that follows shows that.
 */
export function sessionRestore(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('session-restore', RESTORED);
    for (const connection of welcomedSubjects(judging, history, scope)) {
      const { entries, name } = connection;
      for (const asked of allOf(entries, 'sent').filter(({ message }) => message.type === 'session_restore')) {
        const answer = entries.find((entry) => entry.index > asked.index && isRestoreAnswer(entry));
        const deadline = deadlineFor(connection, 'answer to session_restore', asked.index);
        if (answer !== undefined) judging.cite(asked, answer);
        else if (connection.closed?.by === 'them') {
          const because = `session_restore (#${asked.index}) got no answer${describeEnd(connection)}`;
          judging.doubted({
            code: 'not-connected',
            blame: 'product',
            because,
            entries: [asked.index],
            connection: name,
          });
        } else if (deadline === undefined) {
          const because = `the test did not wait for the answer to session_restore (#${asked.index})`;
          judging.doubted({ code: 'not-awaited', because, entries: [asked.index], connection: name });
        } else {
          const because = `session_restore (#${asked.index}) got no answer within ${Math.round(deadline.afterMs)} ms`;
          const finding = { expected: RESTORED, found: 'silence', because, entries: [asked.index], connection: name };
          judging.violated({ code: 'restore-unanswered', ...finding });
        }
      }
    }
    return judging.verdict('every session_restore was answered');
  };
}

const ANNOUNCED = 'a run is on the thread that was asked for, or its thread is announced before its first event';

/**
 * The thread of a run is known to the client before its events come: it is the one that was asked for, or `thread_created` or
 * its kin names it (protocol notes §7.1, observed). The browser client keeps its session only then. What it does not see:
 * events of foreign threads, which the isolation check finds.
 */
export function threadCreated(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('thread-created', ANNOUNCED);
    for (const connection of openedSubjects(judging, history, scope)) {
      const runs = runsAskedOn(history, connection.name);
      if (runs.length === 0) doubtUnasked(judging, connection);
      const announced = connection.entries.filter(isAnnouncement);
      for (const run of runs) {
        const subject = subjectOfRun(run, connection);
        const [first] = subject.events;
        if (first === undefined) {
          doubtUnserved(judging, subject);
          continue;
        }
        const named = subject.events.find(({ message }) => message.thread !== undefined)?.message.thread;
        const known = announced.find(
          ({ index, message }) => index < first.index && (named === undefined || message.thread === named),
        );
        if (named !== undefined && named === run.request.message.thread) judging.cite(run.request, first);
        else if (known !== undefined) judging.cite(known, first);
        else {
          const because =
            named === undefined
              ? 'no event names its thread, and none was announced'
              : `its thread ${named} was neither asked for nor announced before its first event (#${first.index})`;
          const entries = [run.request.index, first.index];
          reportRun(judging, subject, 'thread-unannounced', { expected: ANNOUNCED, because, entries });
        }
      }
    }
    return judging.verdict('every thread was known before its events');
  };
}
