import type { EntryOf, History } from '../history/entry.ts';
import { THREAD_PROBE } from '../history/probe-names.ts';
import { threadEvents } from '../history/threads.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import { idOfMadeThread } from '../protocol/made-thread.ts';
import { bypassOf } from './bypass.ts';
import type { Judgement } from './judgement.ts';
import { judgement } from './judgement.ts';
import { welcomedSubjects } from './subjects.ts';
import type { Check } from './verdict.ts';

const PROMISE = 'a run that is asked for in a thread made over HTTP names this thread in its events';

/**
 * A thread that a user makes with `POST /api/threads` is the thread of the runs that the user asks for in it (observed on
 * beta-9). What it does not see: what the thread remembers.
 */
export function knownThread(): Check {
  return (history: History) => {
    const judging = judgement('known-thread', PROMISE);
    welcomedSubjects(judging, history);
    for (const probe of history) {
      if (probe.kind === 'probe' && probe.name === THREAD_PROBE) judge(judging, history, probe);
    }
    return judging.verdict('every run stayed in the thread that was made for it');
  };
}

function judge(judging: Judgement, history: History, probe: EntryOf<'probe'>): void {
  const thread = idOfMadeThread(probe.body);
  if (thread === undefined) return reportUnmade(judging, probe);
  const runs = runsOf(history).runs.filter(({ request }) => request.message.thread === thread);
  for (const run of runs) judgeRun(judging, history, run, thread, probe);
}

function reportUnmade(judging: Judgement, { status, error, index, target }: EntryOf<'probe'>): void {
  const entries = [index];
  if (status === undefined || status >= 502) {
    const because = `no thread could be made (#${index}): ${error ?? `HTTP ${status}`}`;
    return judging.doubted({ code: 'not-served', blame: 'environment', because, entries });
  }
  if (status === 401 || status === 403) {
    const because = `no thread could be made (#${index}): the token was refused with HTTP ${status}`;
    return judging.doubted({ code: 'not-served', blame: 'auth', because, entries });
  }
  judging.violated({
    code: 'endpoint-failed',
    expected: 'an answer with the id of a new thread',
    found: error ?? `HTTP ${status}`,
    because: `${target} made no thread: ${error ?? `HTTP ${status} without an id`} (#${index})`,
    entries,
  });
}

function judgeRun(judging: Judgement, history: History, run: Run, thread: string, probe: EntryOf<'probe'>): void {
  const events = threadEvents(run);
  const other = events.find(({ message }) => message.thread !== thread);
  judging.cite(probe, run.request, ...events);
  const bypass = other === undefined ? undefined : bypassOf(history);
  if (bypass !== undefined) {
    judging.doubted({
      code: 'auth-bypass-active',
      because: `${bypass.because}; the thread ${thread} may belong to another user`,
      entries: [...bypass.entries, probe.index, run.request.index],
      connection: run.connection,
    });
  } else if (other !== undefined) {
    judging.violated({
      code: 'known-thread-replaced',
      expected: `thread ${thread}`,
      found: `thread ${other.message.thread}`,
      because: `the thread ${thread} was made over HTTP (#${probe.index}) and asked for (#${run.request.index}), ${other.message.event ?? other.message.type} names ${other.message.thread} (#${other.index})`,
      entries: [probe.index, run.request.index, other.index],
      connection: other.connection,
    });
  } else if (events.length === 0) {
    judging.doubted({
      code: 'not-served',
      because: `no event of the run in thread ${thread} names a thread`,
      entries: [run.request.index],
      connection: run.connection,
    });
  }
}
