import { allOf } from '../history/connections.ts';
import type { Entry, EntryOf } from '../history/entry.ts';
import type { Judgement } from './judgement.ts';
import type { RunSubject } from './run-subject.ts';
import { called, reportRun } from './run-subject.ts';
import { describeEnd } from './subjects.ts';

const COMPLETION = 'the run ends with agent_completed, and then nothing more of it arrives';

/** How a run ended: completed, failed, cut short, stalled, or not listened to for long enough. */
export function judgeEnding(judging: Judgement, subject: RunSubject): void {
  const { terminal, connection, name } = subject;
  if (terminal === undefined) return judgeUnfinished(judging, subject);
  if (terminal.message.meaning === 'agent-failure') {
    const text = terminal.message.errorText ?? 'no text';
    const because = `it ended with ${called(terminal)}: ${text}`;
    return reportRun(judging, subject, 'run-failed', { expected: COMPLETION, because, entries: [terminal.index] });
  }
  const lastProof = connection.entries.findLast(provesTheEnd);
  if (lastProof !== undefined && lastProof.index > terminal.index) return;
  const because = `${name}: no quiet window was recorded after ${called(terminal)}, so "nothing after the end" is not shown`;
  judging.doubted({
    code: 'not-awaited',
    expected: COMPLETION,
    because,
    entries: [terminal.index],
    connection: connection.name,
  });
}

/** Our own close only says that we stopped listening; on a broken connection nothing can follow. */
function provesTheEnd(entry: Entry): boolean {
  return entry.kind === 'quiet' || entry.kind === 'broken' || (entry.kind === 'closed' && entry.by === 'them');
}

function judgeUnfinished(judging: Judgement, subject: RunSubject): void {
  const { run, connection, events, name } = subject;
  const last = events.at(-1);
  const closed = connection.closed?.by === 'them' ? connection.closed : undefined;
  const deadline = deadlineOf(subject);
  if (closed === undefined && deadline === undefined) {
    const because = `${name}: the test stopped listening before the run ended`;
    return judging.doubted({ code: 'not-awaited', because, entries: [run.request.index], connection: connection.name });
  }
  const end = closed ?? deadline;
  const entries = [
    run.request.index,
    ...(last === undefined ? [] : [last.index]),
    ...(end === undefined ? [] : [end.index]),
  ];
  const progress =
    last === undefined
      ? `not one event came${otherFrames(subject)}`
      : `after ${events.length} events, the last ${called(last)}`;
  if (closed !== undefined) {
    const sinceMs = Math.round(closed.atMs - (last ?? run.request).atMs);
    const because = `${progress}, ${sinceMs} ms later the connection ended${describeEnd(connection)}`;
    return reportRun(judging, subject, 'run-cut-short', { expected: COMPLETION, because, entries });
  }
  const waited = `${Math.round(deadline?.afterMs ?? 0)} ms (${deadline?.limit ?? 'total'} limit)`;
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
      deadline?.limit === 'total'
        ? `${progress}, and no end within ${waited}`
        : `${progress}, then silence for ${waited}`,
    entries,
  });
}

function deadlineOf({ run, connection, name }: RunSubject): EntryOf<'deadline'> | undefined {
  return allOf(connection.entries, 'deadline').find(
    ({ waitingFor, index }) => waitingFor === name && index > run.request.index,
  );
}

/** What did come instead, so that silence and another answer are told apart (failure notes FM-53). */
function otherFrames({ run, connection }: RunSubject): string {
  const later = allOf(connection.entries, 'received').filter(({ index }) => index > run.request.index);
  if (later.length === 0) return ', nor any other message';
  const types = [...new Set(later.map(({ message }) => message.errorText ?? message.type))];
  return `; what did come: ${types.slice(0, 5).join(', ')}`;
}
