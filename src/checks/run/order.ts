import type { AgentEvent } from '../../protocol/agent-events.ts';
import { AGENT_EVENTS, isRunRecord } from '../../protocol/agent-events.ts';
import type { Message } from '../../protocol/message.ts';
import type { EntryOf } from '../../history/entry.ts';
import type { Judgement } from '../judgement.ts';
import type { RunSubject } from './subject.ts';
import { agentOf, called, reportRun } from './subject.ts';
import type { Unread } from './unreadable.ts';

/**
 * `exact`: the five, once each, in order; what starts and ends the run itself, and the start of its record, may stand around
 * them once each (protocol notes §8.4, observed on beta-9). `grammar`: an agent may think and use tools any number of times.
 */
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

/**
 * What an event is about: the agent that works, the run itself, which has no name, or the record of the run. In a run whose
 * events name nobody, the run itself is the agent.
 */
export function roleOf({ event, agent }: Message): 'agent' | 'run' | 'record' {
  if (event !== 'agent_started' && event !== 'agent_completed') return 'agent';
  if (agent === undefined) return 'run';
  return isRunRecord(agent) ? 'record' : 'agent';
}

const ROLES = ['record', 'run', 'agent'] as const;

function judgeExactOrder(judging: Judgement, subject: RunSubject): void {
  const late = afterTheAgent(judging, subject);
  const inTime = subject.events.filter((event) => !late.includes(event));
  const firsts = AGENT_EVENTS.flatMap((event) =>
    ROLES.flatMap(
      (role) => inTime.find(({ message }) => message.event === event && roleOf(message) === role) ?? [],
    ).toSorted((a, b) => a.index - b.index),
  );
  for (const [position, before] of firsts.entries()) {
    const should = firsts[position - 1];
    if (should !== undefined && before.index < should.index)
      return reportSwap(judging, subject, 'exact', before, should);
  }
}

/** Reports what an agent does after its own completion, where the run itself goes on. Returns these events. */
function afterTheAgent(judging: Judgement, subject: RunSubject): readonly EntryOf<'received'>[] {
  const end = subject.events.findLast(
    ({ message }) => message.event === 'agent_completed' && roleOf(message) === 'agent',
  );
  if (end === undefined) return [];
  const late = subject.events.filter(({ index, message }) => index > end.index && isWork(message));
  for (const entry of late) {
    const because = `${called(entry)} arrived ${Math.round(entry.atMs - end.atMs)} ms after its agent had completed, ${called(end)}`;
    const entries = [end.index, entry.index];
    reportRun(judging, subject, 'event-after-end', { expected: 'nothing of an agent after its end', because, entries });
  }
  return late;
}

function isWork({ event }: Message): boolean {
  return event !== 'agent_started' && event !== 'agent_completed';
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

/**
 * Each agent that started completed before the run ended, and in exact order each that completed had started. The record of the run, whose
 * start nothing completes, is no agent. Judged once the run completed.
 */
export function judgeAgents(judging: Judgement, subject: RunSubject, order: OrderMode): void {
  const { terminal, open, unstarted } = subject;
  if (terminal?.message.event !== 'agent_completed') return;
  const expected = ALLOWED[order];
  for (const start of open) {
    const because = `${agentOf(start)} started (#${start.index}) and had not completed when the run ended, ${called(terminal)}`;
    reportRun(judging, subject, 'event-missing', { expected, because, entries: [start.index, terminal.index] });
  }
  for (const end of order === 'exact' ? unstarted : []) {
    const because = `${agentOf(end)} completed (#${end.index}) without having started`;
    reportRun(judging, subject, 'event-missing', {
      expected,
      because,
      entries: [subject.run.request.index, end.index],
    });
  }
}

interface CompletenessRules {
  readonly order: OrderMode;
  readonly required: readonly AgentEvent[];
  readonly unread: Unread;
}

/** Each of the required events came, or a message that cannot be read stands in its place. Judged once the run completed; an unfinished run is judged by its ending. */
export function judgeCompleteness(
  judging: Judgement,
  subject: RunSubject,
  { order, required, unread }: CompletenessRules,
): void {
  const { events, afterEnd, terminal } = subject;
  if (terminal?.message.event !== 'agent_completed') return;
  const seen = new Set([...events, ...afterEnd].map(({ message }) => message.event));
  const expected = ALLOWED[order];
  for (const event of required.filter((name) => !seen.has(name) && !unread.explains(name))) {
    const because = `it completed at ${called(terminal)} without ${event}`;
    reportRun(judging, subject, 'event-missing', {
      expected,
      because,
      entries: [subject.run.request.index, terminal.index],
    });
  }
}
