import type { EntryOf } from '../../history/entry.ts';
import { agentKey } from '../../protocol/message.ts';
import type { Judgement } from '../judgement.ts';
import type { OrderMode } from './order.ts';
import { ALLOWED, roleOf } from './order.ts';
import { saysTheSame } from './same-event.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';

/**
 * No event comes twice, and none after the end. An event that says the same (see {@link saysTheSame}) is a duplicate in every mode; in exact mode so is a
 * second event of a kind with the same role (see {@link roleOf}), in grammar mode a second start of an agent that has not
 * completed.
 */
export function judgeRepeats(judging: Judgement, subject: RunSubject, order: OrderMode): void {
  const seen: EntryOf<'received'>[] = [];
  for (const entry of [...subject.events, ...subject.afterEnd]) {
    const earlier = seen.find((candidate) => saysTheSame(candidate, entry));
    const afterEnd = subject.afterEnd.includes(entry);
    const repeated =
      earlier ??
      (afterEnd
        ? repeatedEnd(subject, entry, order)
        : seen.find((candidate) => isRepeat(candidate, entry, order, seen)));
    seen.push(entry);
    if (repeated !== undefined) reportDuplicate(judging, subject, order, repeated, entry);
    else if (afterEnd && !followsFailure(subject, entry)) reportAfterEnd(judging, subject, entry);
  }
}

function isRepeat(
  earlier: EntryOf<'received'>,
  entry: EntryOf<'received'>,
  order: OrderMode,
  seen: readonly EntryOf<'received'>[],
): boolean {
  const { event } = entry.message;
  const agent = agentKey(entry.message);
  if (earlier.message.event !== event) return false;
  if (order === 'exact') return roleOf(earlier.message) === roleOf(entry.message);
  if (event !== 'agent_started' || agent === undefined || agent !== agentKey(earlier.message)) return false;
  return !seen.some(
    ({ index, message }) =>
      index > earlier.index && message.event === 'agent_completed' && (agentKey(message) ?? agent) === agent,
  );
}

/** The end that a second end repeats. When another agent starts in between, the second end belongs to that agent. */
function repeatedEnd({ terminal, afterEnd }: RunSubject, entry: EntryOf<'received'>, order: OrderMode) {
  if (terminal?.message.event !== 'agent_completed' || entry.message.event !== 'agent_completed') return undefined;
  if (agentKey(entry.message) !== agentKey(terminal.message)) return undefined;
  const restarted = afterEnd.some(({ message, index }) => message.event === 'agent_started' && index < entry.index);
  return order === 'exact' || !restarted ? terminal : undefined;
}

function reportDuplicate(
  judging: Judgement,
  subject: RunSubject,
  order: OrderMode,
  earlier: EntryOf<'received'>,
  entry: EntryOf<'received'>,
): void {
  const because = `${called(entry)} repeats ${called(earlier)}, ${Math.round(entry.atMs - earlier.atMs)} ms later`;
  reportRun(judging, subject, 'event-duplicated', {
    expected: ALLOWED[order],
    because,
    entries: [earlier.index, entry.index],
  });
}

function reportAfterEnd(judging: Judgement, subject: RunSubject, entry: EntryOf<'received'>): void {
  const { terminal } = subject;
  if (terminal === undefined) return;
  const because = `${called(entry)} arrived ${Math.round(entry.atMs - terminal.atMs)} ms after the end of the run, ${called(terminal)}`;
  reportRun(judging, subject, 'event-after-end', {
    expected: 'nothing after the end',
    because,
    entries: [terminal.index, entry.index],
  });
}

/** A completion after a failure is legal: only the failure is reported (protocol notes §C1). */
function followsFailure({ terminal, afterEnd }: RunSubject, entry: EntryOf<'received'>): boolean {
  if (terminal?.message.meaning !== 'agent-failure') return false;
  const completion = afterEnd.find(({ message }) => message.event === 'agent_completed');
  return completion !== undefined && entry.index <= completion.index;
}
