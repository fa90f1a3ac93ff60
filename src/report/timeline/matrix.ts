import { extremesOf } from '../../history/extremes.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Verdict } from '../../checks/verdict.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { Connection } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import { span } from '../measures.ts';
import { timingsOf, tookMs } from '../timings.ts';
import { connectionsIn } from './divergence.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** Columns of a matrix: milestones of the connection, then the events of its runs. */
const MATRIX_COLUMNS = ['connect', 'welcome', 'pong', ...AGENT_EVENTS] as const;

/** One of {@link MATRIX_COLUMNS}. */
export type MatrixColumn = (typeof MATRIX_COLUMNS)[number];

/**
 * One cell: the span in milliseconds from what was asked to what came, the longest where there are several; how many are
 * missing although they were asked for; whether nothing was asked.
 */
export interface MatrixCell {
  readonly tookMs: number | undefined;
  readonly missing: number;
}

/** One connection of many. */
export interface MatrixRow {
  readonly connection: string;
  readonly user: string;
  readonly credential: string;
  readonly cells: ReadonlyMap<MatrixColumn, MatrixCell>;
  /** Codes of the findings about this connection. */
  readonly codes: readonly string[];
  /** From the upgrade request to the last thing that arrived. */
  readonly totalMs: number;
}

/** All connections of a history, the failing ones first, then the slowest first. */
export function matrixOf(history: History, verdicts: readonly Verdict[]): readonly MatrixRow[] {
  const codes = codesByConnection(history, verdicts);
  const rows = connectionsOf(history).map((connection): MatrixRow => {
    const { name, request } = connection;
    return {
      connection: name,
      user: request?.user ?? '',
      credential: request?.credential ?? '',
      cells: cellsOf(history, connection),
      codes: [...(codes.get(name) ?? [])],
      totalMs: request === undefined ? 0 : (tookMs({ from: request, to: lastArrival(connection) }) ?? 0),
    };
  });
  return rows.toSorted((a, b) => Number(b.codes.length > 0) - Number(a.codes.length > 0) || b.totalMs - a.totalMs);
}

function cellsOf(history: History, connection: Connection): MatrixRow['cells'] {
  const { connect, welcome, pongs, runs } = timingsOf(history, connection);
  const events = AGENT_EVENTS.map((event) => {
    const arrivals = runs.map(({ run, events: arrived }) =>
      tookMs({ from: run.request, to: arrived.find(({ message }) => message.event === event) }),
    );
    return [event, cellOf(arrivals)] as const;
  });
  return new Map<MatrixColumn, MatrixCell>([
    ['connect', cellOf(connect === undefined ? [] : [tookMs(connect)])],
    ['welcome', cellOf(welcome === undefined ? [] : [tookMs(welcome)])],
    ['pong', cellOf(pongs.map(tookMs))],
    ...events,
  ]);
}

function cellOf(spans: readonly (number | undefined)[]): MatrixCell {
  const came = spans.filter((ms) => ms !== undefined);
  return { tookMs: extremesOf(came)?.most, missing: spans.length - came.length };
}

function lastArrival({ entries }: Connection): Entry | undefined {
  return entries.findLast(({ kind }) => kind !== 'closed' && kind !== 'ended' && kind !== 'quiet');
}

function codesByConnection(history: History, verdicts: readonly Verdict[]): ReadonlyMap<string, ReadonlySet<string>> {
  const codes = new Map<string, Set<string>>();
  for (const finding of verdicts.flatMap(findingsOf)) {
    for (const name of connectionsIn(history, finding)) {
      codes.set(name, (codes.get(name) ?? new Set()).add(finding.code));
    }
  }
  return codes;
}

const MOST_ROWS = 60;

/** Many connections as one table: Δt, ✗ for what was asked for and never came, and nothing for what was not asked for. */
export function matrixMarkup(rows: readonly MatrixRow[]): Markup {
  const failing = rows.filter(({ codes }) => codes.length > 0).length;
  return html`<h2>
      ${rows.length} connections, ${failing === 0 ? 'none' : failing} of them failing; failing first, then slowest first
    </h2>
    <div class="scroll">
      <table class="matrix">
        <tr>
          <th>connection</th>
          <th>findings</th>
          ${MATRIX_COLUMNS.map((column) => html`<th>${column.replaceAll('_', ' ')}</th>`)}
        </tr>
        ${rows.slice(0, MOST_ROWS).map(rowMarkup)}
      </table>
    </div>
    ${rows.length > MOST_ROWS ? html`<p class="muted">… ${rows.length - MOST_ROWS} more connections are left out; the attachment “frames” has them all.</p>` : undefined}
    <p class="muted">
      Times: connect from the upgrade request, welcome from the open socket, pong from its ping, events from the request
      of the run (the longest where there are several). ✗ was asked for and never came; · was not asked for.
    </p>`;
}

function rowMarkup({ connection, user, credential, cells, codes }: MatrixRow): Markup {
  const who = credential === 'valid' ? user : `${user}, ${credential}`;
  return html`<tr>
    <td><b>${connection}</b> <span class="muted">${who}</span></td>
    <td>
      ${codes.length === 0 ? html`<span class="good">✓</span>` : codes.map((code) => html`<code class="bad">${code}</code> `)}
    </td>
    ${MATRIX_COLUMNS.map((column) => cellMarkup(cells.get(column)))}
  </tr>`;
}

function cellMarkup({ tookMs, missing }: MatrixCell = { tookMs: undefined, missing: 0 }): Markup {
  if (tookMs === undefined) return missing === 0 ? html`<td class="muted">·</td>` : html`<td class="missing">✗</td>`;
  return html`<td>${span(tookMs)}${missing === 0 ? undefined : html` <span class="missing">✗${missing}</span>`}</td>`;
}
