import type { EntryOf, History } from '../../history/entry.ts';
import { runsAskedOn } from '../../history/runs.ts';
import type { Budgets } from '../../history/budgets.ts';
import type { ViolationCode } from '../findings.ts';
import type { Judgement } from '../judgement.ts';
import { reportLate } from '../lag.ts';
import type { RunSubject } from './subject.ts';
import { called } from './subject.ts';

/** The budgets that a run is judged by, in milliseconds. */
export type RunBudgets = Pick<Budgets, 'firstEventBudgetMs' | 'eventGapBudgetMs' | 'runBudgetMs'>;

/** The first event, every pause between events and the whole run stay within their budgets. */
export function judgeTiming(judging: Judgement, history: History, subject: RunSubject, budgets: RunBudgets): void {
  const { events, terminal } = subject;
  const late = lateness(judging, history, subject);
  const [first] = events;
  if (first === undefined) return;
  const start = startOf(history, subject, first);
  late('first-event-late', start, first, budgets.firstEventBudgetMs);
  events.forEach((event, position) => {
    const previous = events[position - 1];
    if (previous !== undefined) late('event-gap-late', previous, event, budgets.eventGapBudgetMs);
  });
  if (terminal !== undefined) late('run-late', start, terminal, budgets.runBudgetMs);
}

/**
 * From where the time of a run counts: its request, or the end of another run of the connection that was still under way then.
 * A server may serve the requests of one connection in turn (observed on beta-9).
 */
function startOf(history: History, { run, connection }: RunSubject, first: EntryOf<'received'>): Moment {
  const ends = runsAskedOn(history, connection.name).flatMap((other) =>
    other === run ? [] : (other.deliveries.get(connection.name)?.terminal ?? []),
  );
  return ends.findLast(({ index }) => index > run.request.index && index < first.index) ?? run.request;
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
