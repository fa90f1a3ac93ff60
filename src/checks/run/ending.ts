import { allOf } from '../../history/connections.ts';
import type { Entry, EntryOf } from '../../history/entry.ts';
import { runEnd } from '../../history/runs.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { judgeOutcome } from './outcome.ts';
import { agentOf, called, reportRun } from './subject.ts';
import type { Unread } from './unreadable.ts';
import { deadlineFor, describeEnd } from '../subjects.ts';

const COMPLETION = 'the run ends with agent_completed, and then nothing more of it arrives';

/** How a run ended: completed, failed, cut short or stalled; or the test did not listen long enough. */
export function judgeEnding(judging: Judgement, subject: RunSubject, unread: Unread): void {
  const { terminal, connection, name } = subject;
  if (terminal === undefined) return judgeUnfinished(judging, subject, unread);
  if (terminal.message.meaning === 'agent-failure') {
    const text = terminal.message.errorText ?? 'no text';
    const because = `it ended with ${called(terminal)}: ${text}`;
    return reportRun(judging, subject, 'run-failed', { expected: COMPLETION, because, entries: [terminal.index] });
  }
  judgeOutcome(judging, subject);
  if (connection.entries.findLast((entry) => entry === terminal || provesTheEnd(entry)) !== terminal) return;
  const because = `${name}: no quiet window was recorded after ${called(terminal)}, so "nothing after the end" is not shown`;
  judging.doubted({
    code: 'not-awaited',
    expected: COMPLETION,
    because,
    entries: [terminal.index],
    connection: connection.name,
  });
}

/** Whether an entry shows that nothing follows. Our own close does not: it only ends our listening. */
function provesTheEnd(entry: Entry): boolean {
  return entry.kind === 'quiet' || entry.kind === 'broken' || (entry.kind === 'closed' && entry.by === 'them');
}

function judgeUnfinished(judging: Judgement, subject: RunSubject, unread: Unread): void {
  const { run, connection, events, name } = subject;
  const last = events.at(-1);
  const end =
    connection.closed?.by === 'them' ? connection.closed : deadlineFor(connection, runEnd(run), run.request.index);
  if (end === undefined) {
    const because = `${name}: the test stopped listening before the run ended`;
    return judging.doubted({ code: 'not-awaited', because, entries: [run.request.index], connection: connection.name });
  }
  const entries = [run.request, ...events.slice(-1), end].map(({ index }) => index);
  const progress =
    last === undefined
      ? `not one event came${otherFrames(subject)}`
      : `after ${events.length} events, the last ${called(last)}${stillOpen(subject)}`;
  if (end.kind === 'closed') {
    const sinceMs = Math.round(end.atMs - (last ?? run.request).atMs);
    const because = `${progress}, ${sinceMs} ms later the connection ended${describeEnd(connection)}`;
    return reportRun(judging, subject, 'run-cut-short', { expected: COMPLETION, because, entries });
  }
  if (unread.explains('agent_completed')) return;
  const waited = `${Math.round(end.afterMs)} ms (${end.limit} limit)`;
  if (last === undefined) {
    const because = `${progress} within ${waited}`;
    return reportRun(judging, subject, 'run-unanswered', {
      expected: 'the five events of an agent run',
      because,
      entries,
    });
  }
  reportRun(judging, subject, 'run-stalled', {
    expected: COMPLETION,
    because:
      end.limit === 'total' ? `${progress}, and no end within ${waited}` : `${progress}, then silence for ${waited}`,
    entries,
  });
}

/** The agents that have not completed, as a clause; empty where no agent has a name. */
function stillOpen({ open }: RunSubject): string {
  return open.length === 0 ? '' : `, while ${open.map(nameAndStart).join(' and ')} had not completed`;
}

function nameAndStart(start: EntryOf<'received'>): string {
  return `${agentOf(start)} (#${start.index})`;
}

/** What arrived instead, so that the text distinguishes silence from another answer (failure notes FM-53). */
function otherFrames({ run, connection }: RunSubject): string {
  const later = allOf(connection.entries, 'received').filter(({ index }) => index > run.request.index);
  if (later.length === 0) return ', nor any other message';
  const types = [...new Set(later.map(({ message }) => message.errorText ?? message.type))];
  return `; what did come: ${types.slice(0, 5).join(', ')}`;
}
