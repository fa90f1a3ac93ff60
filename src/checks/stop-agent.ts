import type { Connection } from '../history/connections.ts';
import { allOf } from '../history/connections.ts';
import type { EntryOf, History } from '../history/entry.ts';
import { runsAskedOn } from '../history/runs.ts';
import { isStopAnswer } from '../history/client-answers.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import type { RunSubject } from './run/subject.ts';
import { called, doubtUnserved, reportRun, subjectOfRun } from './run/subject.ts';
import type { Scope } from './subjects.ts';
import { describeEnd, doubtUnasked, welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'stop_agent ends the run: it does not complete, and nothing of it comes after the answer';

/**
 * A person who stops an agent stops it (protocol notes §12, seen with the browser client). Judges every run that was under way
 * when `stop_agent` was sent. beta-9 reads it only when the run is over, and acknowledges it (§7.3, observed). "Nothing after"
 * rests on a recorded quiet window. What it does not see: what the agent still does without a message.
 */
export function stopAgent(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('stop-agent', PROMISE);
    for (const connection of welcomedSubjects(judging, history, scope)) {
      const stop = allOf(connection.entries, 'sent').find(({ message }) => message.type === 'stop_agent');
      const runs = runsAskedOn(history, connection.name).map((run) => subjectOfRun(run, connection));
      if (stop === undefined) doubtUnasked(judging, connection);
      for (const run of runs) {
        if (run.events.length === 0) doubtUnserved(judging, run);
        else if (stop !== undefined && isUnderWay(run, stop)) judge(judging, connection, run, stop);
      }
    }
    return judging.verdict('every run that was stopped ended there');
  };
}

function isUnderWay({ run, events, terminal }: RunSubject, stop: EntryOf<'sent'>): boolean {
  const first = events[0];
  return (
    run.request.index < stop.index && first !== undefined && (terminal === undefined || terminal.index > stop.index)
  );
}

function judge(judging: Judgement, connection: Connection, subject: RunSubject, stop: EntryOf<'sent'>): void {
  const { entries, name, closed } = connection;
  const answer = entries.find((entry) => entry.index > stop.index && isStopAnswer(entry));
  const later = [...subject.events, ...subject.afterEnd].filter(({ index }) => index > stop.index);
  const completed = later.find(({ message }) => message.event === 'agent_completed');
  const late = answer === undefined ? undefined : later.find(({ index }) => index > answer.index);
  const breach = completed ?? late;
  if (breach !== undefined) {
    return reportRun(judging, subject, 'stop-ignored', {
      expected: PROMISE,
      because: `it was told to stop (#${stop.index}), and then came ${called(breach)}`,
      entries: [stop.index, breach.index],
    });
  }
  if (closed?.by === 'them') {
    const because = `nothing shows that it was stopped${describeEnd(connection)}`;
    return judging.doubted({
      code: 'not-connected',
      blame: 'product',
      because,
      entries: [stop.index],
      connection: name,
    });
  }
  const quiet = allOf(entries, 'quiet').find(({ index }) => index > (answer ?? stop).index);
  if (quiet !== undefined) return judging.cite(stop, ...(answer === undefined ? [] : [answer]), quiet);
  const because = 'the test stopped listening before it was clear that nothing more came';
  judging.doubted({ code: 'not-awaited', because, entries: [stop.index], connection: name });
}
