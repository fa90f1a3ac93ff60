import type { EntryOf, History } from '../history/entry.ts';
import { runsAskedOn } from '../history/runs.ts';
import type { AgentEvent } from '../protocol/agent-events.ts';
import { BROWSER_FIELDS, holdsForBrowser } from '../protocol/browser-fields.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { called, doubtUnserved, reportRun, subjectOfRun } from './run/subject.ts';
import type { RunSubject } from './run/subject.ts';
import type { Scope } from './subjects.ts';
import { doubtUnasked, openedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE =
  'the answer, the thoughts and the names of tools stand where the browser client of the product reads them';

/**
 * A person who uses the browser client sees the answer, each thought and each tool (protocol notes §12, seen with that client:
 * without them it shows "Processing..." and "missing tool name"). One completion of a run has to carry the answer; the others
 * end sub-agents, or the run itself. What it does not see: events that are missing, which the agent-run check finds.
 */
export function browserFields(scope: Scope = {}): Check {
  return (history: History) => {
    const judging = judgement('browser-fields', PROMISE);
    for (const connection of openedSubjects(judging, history, scope)) {
      const runs = runsAskedOn(history, connection.name);
      for (const run of runs) judge(judging, subjectOfRun(run, connection));
      if (runs.length === 0) doubtUnasked(judging, connection);
    }
    return judging.verdict('the browser client finds what it shows');
  };
}

function judge(judging: Judgement, subject: RunSubject): void {
  const { run, events, afterEnd } = subject;
  if (events.length === 0) return doubtUnserved(judging, subject);
  judging.cite(run.request);
  const ends: EntryOf<'received'>[] = [];
  for (const entry of [...events, ...afterEnd]) {
    const { event } = entry.message;
    if (event === 'agent_completed') ends.push(entry);
    else if (event !== undefined) judgeEvent(judging, subject, entry, event);
  }
  const [first] = ends;
  if (first === undefined) return;
  const answering = ends.find(({ text }) => holdsForBrowser(text, fieldsOf('agent_completed')));
  if (answering === undefined) reportMisplaced(judging, subject, first, 'agent_completed');
  else judging.cite(answering);
}

function judgeEvent(judging: Judgement, subject: RunSubject, entry: EntryOf<'received'>, event: AgentEvent): void {
  const fields = fieldsOf(event);
  if (fields.length === 0) return;
  if (holdsForBrowser(entry.text, fields)) judging.cite(entry);
  else reportMisplaced(judging, subject, entry, event);
}

function reportMisplaced(judging: Judgement, subject: RunSubject, entry: EntryOf<'received'>, event: AgentEvent): void {
  const expected = fieldsOf(event)
    .map((field) => `payload.${field}`)
    .join(' or ');
  reportRun(judging, subject, 'field-misplaced', {
    expected,
    found: `no ${expected}`,
    because: `${called(entry)} has no ${expected}, so the browser client cannot show it`,
    entries: [entry.index],
  });
}

function fieldsOf(event: AgentEvent): readonly string[] {
  return BROWSER_FIELDS[event] ?? [];
}
