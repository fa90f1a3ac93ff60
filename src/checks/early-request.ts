import type { History } from '../history/entry.ts';
import { runsAskedOn } from '../history/runs.ts';
import { judgement } from './judgement.ts';
import { doubtUnserved, reportRun, subjectOfRun } from './run/subject.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'a request that is sent before the welcome is served like one that is sent after it';

/**
 * A request that a client sends as soon as its socket is open, before the welcome, is not lost (protocol notes §12, seen with
 * the browser client). It is lost where a later request of the same connection is served and it is not; where no request is
 * served, the agent-run check finds that. What it does not see: how its run goes.
 */
export function earlyRequest(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('early-request', PROMISE);
    for (const connection of welcomedSubjects(judging, history, scope)) {
      const runs = runsAskedOn(history, connection.name).map((run) => subjectOfRun(run, connection));
      const welcomedAt = connection.welcome?.index ?? 0;
      const later = runs.find(({ run, events }) => run.request.index > welcomedAt && events.length > 0);
      if (runs.length === 0) doubtUnasked(judging, connection);
      for (const early of runs.filter(({ run }) => run.request.index < welcomedAt)) {
        const [first] = early.events;
        if (first !== undefined) judging.cite(early.run.request, first);
        else if (later === undefined) doubtUnserved(judging, early);
        else {
          reportRun(judging, early, 'early-request-lost', {
            expected: PROMISE,
            because: `it was asked for before the welcome (#${welcomedAt}) and not one event came, while ${later.name} was served`,
            entries: [early.run.request.index, welcomedAt, later.run.request.index],
          });
        }
      }
    }
    return judging.verdict('what was asked for before the welcome was served');
  };
}
