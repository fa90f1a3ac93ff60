import type { EntryOf } from '../../history/entry.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';

type ReceivedEvent = EntryOf<'received'>;

const EXPECTED = 'each tool_executing is followed by its own tool_completed';

/**
 * Tools pair: by execution id where both have one, otherwise by name. A completion that precedes its start is out of
 * order; a half without the other is unpaired.
 */
export function judgeTools(judging: Judgement, subject: RunSubject): void {
  const starts = subject.events.filter(({ message }) => message.event === 'tool_executing');
  const ends = subject.events.filter(({ message }) => message.event === 'tool_completed');
  const open = [...starts];
  for (const end of ends) {
    const position = open.findIndex((start) => start.index < end.index && matches(start, end));
    if (position !== -1) open.splice(position, 1);
    else judgeOrphan(judging, subject, open, end);
  }
  if (subject.terminal === undefined) return;
  for (const start of open) {
    const because = `${called(start)} of ${nameOf(start)} never completes`;
    reportRun(judging, subject, 'tool-unpaired', {
      expected: EXPECTED,
      because,
      entries: [start.index, subject.terminal.index],
    });
  }
}

function judgeOrphan(judging: Judgement, subject: RunSubject, open: ReceivedEvent[], end: ReceivedEvent): void {
  const position = open.findIndex((start) => matches(start, end));
  const [start] = position === -1 ? [] : open.splice(position, 1);
  if (start === undefined) {
    const because = `${called(end)} of ${nameOf(end)} completes what never started`;
    return reportRun(judging, subject, 'tool-unpaired', { expected: EXPECTED, because, entries: [end.index] });
  }
  const because = `${called(end)} arrived before ${called(start)}`;
  reportRun(judging, subject, 'event-out-of-order', { expected: EXPECTED, because, entries: [end.index, start.index] });
}

function matches(start: ReceivedEvent, end: ReceivedEvent): boolean {
  const [a, b] = [start.message, end.message];
  if (a.toolExecution !== undefined && b.toolExecution !== undefined) return a.toolExecution === b.toolExecution;
  return a.tool === undefined || b.tool === undefined || a.tool === b.tool;
}

function nameOf({ message }: ReceivedEvent): string {
  return message.tool ?? 'an unnamed tool';
}
