import type { AgentEvent } from '../../protocol/agent-events.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { called, reportRun } from './subject.ts';

/** `exact`: the five, once each, in order. `grammar`: an agent may think and use tools any number of times. */
export const ORDER_MODES = ['grammar', 'exact'] as const;

export type OrderMode = (typeof ORDER_MODES)[number];

/** The sequence that an order mode allows, in words. */
export const ALLOWED: Readonly<Record<OrderMode, string>> = {
  exact: `${AGENT_EVENTS.join(' → ')}, once each`,
  grammar: 'agent_started (agent_thinking | tool_executing … tool_completed | sub-agent)* agent_completed',
};

/** In which order the events of a run may come, and how often (design rule 6). */
export function judgeOrder(judging: Judgement, subject: RunSubject, order: OrderMode): void {
  if (order === 'exact') judgeExactOrder(judging, subject);
  else judgeStart(judging, subject);
}

function judgeExactOrder(judging: Judgement, subject: RunSubject): void {
  const firsts = AGENT_EVENTS.flatMap((event) => subject.events.find(({ message }) => message.event === event) ?? []);
  for (const [position, before] of firsts.entries()) {
    const should = firsts[position - 1];
    if (should !== undefined && before.index < should.index)
      return reportSwap(judging, subject, 'exact', before, should);
  }
}

function judgeStart(judging: Judgement, subject: RunSubject): void {
  const [first] = subject.events;
  const start = subject.events.find(({ message }) => message.event === 'agent_started');
  if (first === undefined || start === undefined || first === start) return;
  reportSwap(judging, subject, 'grammar', first, start);
}

function reportSwap(
  judging: Judgement,
  subject: RunSubject,
  order: OrderMode,
  before: EntryOf<'received'>,
  should: EntryOf<'received'>,
): void {
  reportRun(judging, subject, 'event-out-of-order', {
    expected: ALLOWED[order],
    because: `${called(before)} arrived before ${called(should)}`,
    entries: [before.index, should.index],
  });
}

/** Each of the required events came. Judged once the run completed; an unfinished run is judged by its ending. */
export function judgeCompleteness(
  judging: Judgement,
  subject: RunSubject,
  order: OrderMode,
  required: readonly AgentEvent[],
): void {
  const { events, afterEnd, terminal } = subject;
  if (terminal?.message.event !== 'agent_completed') return;
  const seen = new Set([...events, ...afterEnd].map(({ message }) => message.event));
  const expected = ALLOWED[order];
  for (const event of required.filter((name) => !seen.has(name))) {
    const because = `it completed at ${called(terminal)} without ${event}`;
    reportRun(judging, subject, 'event-missing', {
      expected,
      because,
      entries: [subject.run.request.index, terminal.index],
    });
  }
}
