import type { EntryOf, History } from '../../history/entry.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { ViolationCode } from '../findings.ts';
import type { Judgement } from '../judgement.ts';
import { reportLate } from '../lag.ts';
import type { RunSubject } from './subject.ts';
import { called } from './subject.ts';

export type RunBudgets = Pick<Budgets, 'firstEventBudgetMs' | 'eventGapBudgetMs' | 'runBudgetMs'>;

/** The first event, every pause between events and the whole run stay within their budgets. */
export function judgeTiming(judging: Judgement, history: History, subject: RunSubject, budgets: RunBudgets): void {
  const { run, events, terminal } = subject;
  const late = lateness(judging, history, subject);
  const [first] = events;
  if (first === undefined) return;
  late('first-event-late', run.request, first, budgets.firstEventBudgetMs);
  events.forEach((event, position) => {
    const previous = events[position - 1];
    if (previous !== undefined) late('event-gap-late', previous, event, budgets.eventGapBudgetMs);
  });
  if (terminal !== undefined) late('run-late', run.request, terminal, budgets.runBudgetMs);
}

type Moment = EntryOf<'sent'> | EntryOf<'received'>;

function lateness(judging: Judgement, history: History, { name, connection }: RunSubject) {
  return (code: ViolationCode, from: Moment, to: EntryOf<'received'>, budgetMs: number): void => {
    const tookMs = to.atMs - from.atMs;
    if (tookMs <= budgetMs) return;
    const start = from.kind === 'sent' ? `the request (#${from.index})` : called(from);
    const because = `${name}: ${called(to)} came ${Math.round(tookMs)} ms after ${start}; ${budgetMs} ms are allowed`;
    const span = { fromMs: from.atMs, toMs: to.atMs };
    const entries = [from.index, to.index];
    const expected = `at most ${budgetMs} ms`;
    const found = `${Math.round(tookMs)} ms`;
    reportLate(
      judging,
      history,
      { span, budgetMs },
      { code, expected, found, because, entries, connection: connection.name },
    );
  };
}
