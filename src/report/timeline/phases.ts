import type { Budgets } from '../../history/budgets.ts';
import { pair } from '../../checks/ping-pairs.ts';
import type { Connection } from '../../history/connections.ts';
import { allOf } from '../../history/connections.ts';
import type { Entry, EntryOf, History } from '../../history/entry.ts';
import { runName } from '../../history/run-name.ts';
import type { Run } from '../../history/runs.ts';
import { runsOf } from '../../history/runs.ts';

/** One span of a connection that has a budget or a deadline. */
export interface PhaseSpan {
  readonly label: string;
  /** How long it took, or how long was waited in vain. Milliseconds. */
  readonly tookMs: number;
  /** What is allowed; absent where there is only a deadline. */
  readonly budgetMs: number | undefined;
  /** How long is listened at most, where that is more than the budget. */
  readonly deadlineMs: number | undefined;
  readonly state: 'met' | 'late' | 'missing' | 'refused';
}

/** The timed spans of a connection, in order: upgrade, welcome, slowest pong, and of each run first event, longest gap, whole. */
export function phasesOf(history: History, connection: Connection, budgets: Budgets): readonly PhaseSpan[] {
  const runs = runsOf(history).runs.filter((run) => run.connection === connection.name);
  return [
    ...upgradeOf(connection, budgets),
    ...welcomeOf(connection, budgets),
    ...pongOf(connection, budgets),
    ...runs.flatMap((run) => runSpans(run, connection, budgets)),
  ];
}

function upgradeOf({ request, opened, refused, entries }: Connection, { connectDeadlineMs }: Budgets) {
  if (request === undefined) return [];
  return [phase('upgrade', request, opened ?? refused, entries, undefined, connectDeadlineMs)];
}

function welcomeOf({ opened, welcome, entries }: Connection, { welcomeBudgetMs, welcomeDeadlineMs }: Budgets) {
  const awaited =
    welcome !== undefined || allOf(entries, 'deadline').some(({ waitingFor }) => /welcome/.test(waitingFor));
  if (opened === undefined || !awaited) return [];
  return [phase('welcome', opened, welcome, entries, welcomeBudgetMs, welcomeDeadlineMs)];
}

/** The slowest of all pings, or one that was never answered. */
function pongOf(connection: Connection, { pongBudgetMs, pongDeadlineMs }: Budgets): readonly PhaseSpan[] {
  const { pairs } = pair(connection, 'ping', 'pong');
  const spans = pairs.map(({ ping, pong }) =>
    phase(
      pairs.length === 1 ? 'pong' : `pong, slowest of ${pairs.length}`,
      ping,
      pong,
      connection.entries,
      pongBudgetMs,
      pongDeadlineMs,
    ),
  );
  return spans
    .toSorted((a, b) => Number(b.state === 'missing') - Number(a.state === 'missing') || b.tookMs - a.tookMs)
    .slice(0, 1);
}

function runSpans(run: Run, { name, entries }: Connection, budgets: Budgets): readonly PhaseSpan[] {
  const { entries: events, terminal } = run.deliveries.get(name) ?? { entries: [], terminal: undefined };
  const [first] = events;
  const { firstEventBudgetMs, firstEventDeadlineMs, eventGapBudgetMs, eventGapDeadlineMs, runBudgetMs } = budgets;
  const firstEvent = phase(
    `${runName(run)}: first event`,
    run.request,
    first,
    entries,
    firstEventBudgetMs,
    firstEventDeadlineMs,
  );
  if (first === undefined) return [firstEvent];
  const gaps = events.slice(1).map((event, position) => {
    const label = `longest gap, before ${event.message.event ?? event.message.type}`;
    return phase(label, events[position] ?? first, event, entries, eventGapBudgetMs, eventGapDeadlineMs);
  });
  const whole = phase('whole run', run.request, terminal, entries, runBudgetMs, undefined);
  return [firstEvent, ...gaps.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 1), whole];
}

function phase(
  label: string,
  from: Entry,
  to: EntryOf<'received'> | Entry | undefined,
  entries: readonly Entry[],
  budgetMs: number | undefined,
  deadlineMs: number | undefined,
): PhaseSpan {
  const end = to ?? entries.at(-1) ?? from;
  const tookMs = Math.max(0, end.atMs - from.atMs);
  const isLate = budgetMs !== undefined && tookMs > budgetMs;
  return { label, tookMs, budgetMs, deadlineMs, state: stateOf(to, isLate) };
}

function stateOf(to: Entry | undefined, isLate: boolean): PhaseSpan['state'] {
  if (to === undefined) return 'missing';
  if (to.kind === 'refused') return 'refused';
  return isLate ? 'late' : 'met';
}
