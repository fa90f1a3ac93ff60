import type { EntryOf } from '../../history/entry.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';
import type { Unread } from './unreadable.ts';

type ReceivedEvent = EntryOf<'received'>;

const EXPECTED = 'each tool_executing is followed by its own tool_completed';

/**
 * Tools pair: by the id of the call where both events have one, otherwise by name. A bare `id` is that of the call where a
 * start and a completion share it. A completion that precedes its start is out of order; a half without the other is unpaired.
 * Where calls of one tool run at once and nothing distinguishes their completions, that is a note.
 */
export function judgeTools(judging: Judgement, subject: RunSubject, unread: Unread): void {
  const starts = subject.events.filter(({ message }) => message.event === 'tool_executing');
  const ends = subject.events.filter(({ message }) => message.event === 'tool_completed');
  const calls = callsOf(starts, ends);
  const open = [...starts];
  for (const end of ends) {
    const candidates = open.filter((start) => start.index < end.index && calls.match(start, end));
    const [start, ...others] = candidates;
    if (start === undefined) judgeOrphan(judging, subject, { open, end, calls, unread });
    else open.splice(open.indexOf(start), 1);
    if (others.length > 0 && calls.idOf(end) === undefined) noteAlike(judging, subject, end, candidates);
  }
  if (subject.terminal === undefined) return;
  for (const start of open) {
    if (unread.explains('tool_completed')) continue;
    const alike = ends.some((end) => end.index > start.index && calls.match(start, end))
      ? starts.filter((other) => other !== start && calls.idOf(start) === undefined && calls.match(other, start))
      : [];
    const which =
      alike.length === 0 ? '' : `; it or ${alike.map(called).join(', ')}: nothing distinguishes these calls`;
    const because = `${called(start)} of ${nameOf(start)} never completes${which}`;
    reportRun(judging, subject, 'tool-unpaired', {
      expected: EXPECTED,
      because,
      entries: [start.index, subject.terminal.index],
    });
  }
}

interface Orphan {
  readonly open: ReceivedEvent[];
  readonly end: ReceivedEvent;
  readonly calls: Calls;
  readonly unread: Unread;
}

function judgeOrphan(judging: Judgement, subject: RunSubject, { open, end, calls, unread }: Orphan): void {
  const position = open.findIndex((start) => calls.match(start, end));
  const [start] = position === -1 ? [] : open.splice(position, 1);
  if (start === undefined) {
    if (unread.explains('tool_executing')) return;
    const because = `${called(end)} of ${nameOf(end)} completes what never started`;
    return reportRun(judging, subject, 'tool-unpaired', { expected: EXPECTED, because, entries: [end.index] });
  }
  const because = `${called(end)} arrived before ${called(start)}`;
  reportRun(judging, subject, 'event-out-of-order', { expected: EXPECTED, because, entries: [end.index, start.index] });
}

function noteAlike(
  judging: Judgement,
  { name }: RunSubject,
  end: ReceivedEvent,
  starts: readonly ReceivedEvent[],
): void {
  const because = `${name}: ${called(end)} of ${nameOf(end)} completes one of ${starts.map(called).join(', ')}; no id of a call says which`;
  judging.note({ code: 'tool-calls-alike', because, entries: [...starts, end].map(({ index }) => index) });
}

/** How the events of calls are told to belong together. */
interface Calls {
  idOf(event: ReceivedEvent): string | undefined;
  match(start: ReceivedEvent, end: ReceivedEvent): boolean;
}

function callsOf(starts: readonly ReceivedEvent[], ends: readonly ReceivedEvent[]): Calls {
  const started = new Set(starts.map(({ message }) => message.toolId));
  const isShared = ends.some(({ message: { toolId } }) => toolId !== undefined && started.has(toolId));
  const idOf = ({ message: { toolCall, toolId } }: ReceivedEvent): string | undefined =>
    toolCall ?? (isShared ? toolId : undefined);
  return {
    idOf,
    match(start, end) {
      const [a, b] = [idOf(start), idOf(end)];
      if (a !== undefined && b !== undefined) return a === b;
      const [tool, other] = [start.message.tool, end.message.tool];
      return tool === undefined || other === undefined || tool === other;
    },
  };
}

function nameOf({ message }: ReceivedEvent): string {
  return message.tool ?? 'an unnamed tool';
}
