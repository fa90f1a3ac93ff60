import { accompaniesARun, isCompanion } from '../../history/companions.ts';
import type { EntryOf, History } from '../../history/entry.ts';
import type { Run } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';

type LaterMessage = EntryOf<'received'>;

/**
 * Whatever names an ended run came after its end: chunks, progress and reports too, not only the five events. One that names
 * no run belongs to the run of its thread; one that names neither, but accompanies a run by its type, to the last run that
 * was asked for. Where another run of the user is under way then, it may be that run's, and nothing is said.
 */
export function judgeAfterwards(judging: Judgement, history: History, subjects: readonly RunSubject[]): void {
  const [first] = subjects;
  const late = first?.connection.entries.filter(isCompanion) ?? [];
  if (first === undefined || late.length === 0) return;
  const ofUser = runsOf(history).runs.filter(({ user }) => user === first.run.user);
  for (const entry of late) {
    const subject = subjectOf(entry, subjects, ofUser);
    const end = subject?.terminal;
    if (subject === undefined || end === undefined || entry.index < end.index) continue;
    const because = `${called(entry)} arrived ${Math.round(entry.atMs - end.atMs)} ms after the end of the run, ${called(end)}`;
    reportRun(judging, subject, 'event-after-end', {
      expected: 'nothing after the end',
      found: entry.message.type,
      because,
      entries: [end.index, entry.index],
    });
  }
}

function subjectOf(
  entry: LaterMessage,
  subjects: readonly RunSubject[],
  ofUser: readonly Run[],
): RunSubject | undefined {
  const { run, thread } = entry.message;
  if (run !== undefined) return subjects.find((subject) => namesOf(subject, 'run').has(run));
  const isOpen = ofUser.some(
    ({ request, deliveries }) =>
      request.index < entry.index && (deliveries.get(entry.connection)?.terminal?.index ?? Infinity) > entry.index,
  );
  if (isOpen) return undefined;
  const earlier = subjects.filter((subject) => subject.run.request.index < entry.index);
  if (thread !== undefined) return earlier.findLast((subject) => namesOf(subject, 'thread').has(thread));
  return accompaniesARun(entry) ? earlier.at(-1) : undefined;
}

function namesOf({ run, events }: RunSubject, what: 'run' | 'thread'): ReadonlySet<string | undefined> {
  const announced = what === 'thread' ? run.announced : [];
  return new Set([run.request.message[what], ...announced, ...events.map(({ message }) => message[what])]);
}
