import type { Budgets } from '../../history/budgets.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runName } from '../../history/runs.ts';
import { span } from '../measures.ts';
import { timingsOf } from '../timings.ts';
import type { ConnectionTimings, RunTimings, Timed } from '../timings.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** One span of a connection that has a budget or a deadline. */
export interface PhaseSpan {
  readonly label: string;
  /** How long it took, or how long nothing came. Milliseconds. */
  readonly tookMs: number;
  /** What is allowed; absent where there is only a deadline. */
  readonly budgetMs: number | undefined;
  /** How long is listened at most, where that is more than the budget. */
  readonly deadlineMs: number | undefined;
  readonly state: 'met' | 'late' | 'missing' | 'refused';
}

/** The timed spans of a connection, in order: upgrade, welcome, slowest pong, and of each run first event, longest gap, whole. */
export function phasesOf(history: History, connection: Connection, budgets: Budgets): readonly PhaseSpan[] {
  const timings = timingsOf(history, connection);
  const { connect, welcome } = timings;
  const { connectDeadlineMs, welcomeBudgetMs, welcomeDeadlineMs } = budgets;
  const { entries, opened, refused } = connection;
  const upgrade = connect && { ...connect, to: opened ?? refused };
  return [
    ...(upgrade === undefined ? [] : [phase('upgrade', upgrade, entries, undefined, connectDeadlineMs)]),
    ...(welcome === undefined ? [] : [phase('welcome', welcome, entries, welcomeBudgetMs, welcomeDeadlineMs)]),
    ...slowestPong(timings, entries, budgets),
    ...timings.runs.flatMap((run) => runSpans(run, entries, budgets)),
  ];
}

/** The slowest of all pings, or one that was never answered. */
function slowestPong(
  { pongs }: ConnectionTimings,
  entries: readonly Entry[],
  { pongBudgetMs, pongDeadlineMs }: Budgets,
): readonly PhaseSpan[] {
  const label = pongs.length === 1 ? 'pong' : `pong, slowest of ${pongs.length}`;
  return pongs
    .map((timed) => phase(label, timed, entries, pongBudgetMs, pongDeadlineMs))
    .toSorted((a, b) => Number(b.state === 'missing') - Number(a.state === 'missing') || b.tookMs - a.tookMs)
    .slice(0, 1);
}

function runSpans(
  { run, events, firstEvent, gaps, whole }: RunTimings,
  entries: readonly Entry[],
  budgets: Budgets,
): readonly PhaseSpan[] {
  const { firstEventBudgetMs, firstEventDeadlineMs, eventGapBudgetMs, eventGapDeadlineMs, runBudgetMs } = budgets;
  const first = phase(`${runName(run)}: first event`, firstEvent, entries, firstEventBudgetMs, firstEventDeadlineMs);
  if (events.length === 0) return [first];
  const pauses = gaps.map((gap, position) => {
    const next = events[position + 1]?.message;
    const label = `longest gap, before ${next?.event ?? next?.type}`;
    return phase(label, gap, entries, eventGapBudgetMs, eventGapDeadlineMs);
  });
  const longest = pauses.toSorted((a, b) => b.tookMs - a.tookMs).slice(0, 1);
  return [first, ...longest, phase('whole run', whole, entries, runBudgetMs, undefined)];
}

function phase(
  label: string,
  { from, to }: Timed,
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

const SAYS = { met: '✓', late: '✗ late', missing: '✗ missing', refused: '✗ refused' } as const;

/** The timed spans of a connection as bars against their budgets; empty when there are none. */
export function phasesMarkup(phases: readonly PhaseSpan[]): Markup | undefined {
  if (phases.length === 0) return undefined;
  return html`<table class="phases">
    <tr>
      <th>phase</th>
      <th class="number">took</th>
      <th>against its budget ▏</th>
      <th class="number">budget</th>
      <th></th>
    </tr>
    ${phases.map(phaseMarkup)}
  </table>`;
}

function phaseMarkup({ label, tookMs, budgetMs, deadlineMs, state }: PhaseSpan): Markup {
  const limitMs = budgetMs ?? deadlineMs ?? tookMs;
  const scaleMs = Math.max(tookMs, limitMs) * 1.02;
  const percent = (ms: number): string => `${((ms / scaleMs) * 100).toFixed(1)}%`;
  const allowed =
    budgetMs === undefined ? (deadlineMs === undefined ? '' : `(deadline ${span(deadlineMs)})`) : span(budgetMs);
  return html`<tr>
    <td>${label}</td>
    <td class="number">${span(tookMs)}</td>
    <td class="bar">
      <div><b class="${state}" style="width:${percent(tookMs)}"></b><s style="left:${percent(limitMs)}"></s></div>
    </td>
    <td class="number muted">${allowed}</td>
    <td class="nowrap ${state === 'met' ? 'good' : 'bad'}">${SAYS[state]}</td>
  </tr>`;
}
