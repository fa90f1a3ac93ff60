import type { Budgets } from '../../history/budgets.ts';
import type { Verdict } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';
import { closeCode } from '../../protocol/close-codes.ts';
import type { Connection } from '../../history/connections.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { History } from '../../history/entry.ts';
import { connectionsIn } from './divergence.ts';
import { entryTableMarkup, entryTableOf } from './entry-table.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import { matrixMarkup, matrixOf } from './matrix.ts';
import { span } from '../measures.ts';
import { phasesMarkup, phasesOf } from './phases.ts';
import type { ShownDiagnosis } from './summary.ts';
import { summaryMarkup } from './summary.ts';
import { TIMELINE_STYLE } from './timeline-style.ts';

/** From so many connections on, a matrix stands for the tables of those that are well. */
const MATRIX_FROM = 4;
const MOST_FAILING_TABLES = 6;

/** What a timeline is drawn from. */
export interface TimelineOptions {
  readonly history: History;
  readonly verdicts: readonly Verdict[];
  readonly budgets: Budgets;
  readonly diagnosis?: ShownDiagnosis | undefined;
}

/**
 * The history as one HTML page without scripts and without anything from outside: what broke first at the top, then a table
 * per connection with its phases against their budgets and its entries, findings where they happened. Many connections are
 * a matrix, and only the failing ones get tables.
 */
export function timeline({ history, verdicts, budgets, diagnosis }: TimelineOptions): string {
  const connections = connectionsOf(history);
  const isMany = connections.length >= MATRIX_FROM;
  const failing = failingConnections(history, verdicts);
  const shown = isMany ? connections.filter(({ name }) => failing.has(name)) : connections;
  const tables = shown.slice(0, isMany ? MOST_FAILING_TABLES : shown.length);
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>Timeline</title>
        <style>
          ${{ html: TIMELINE_STYLE }}
        </style>
      </head>
      <body>
        ${summaryMarkup(history, verdicts, diagnosis)} ${isMany ? matrixMarkup(matrixOf(history, verdicts)) : undefined}
        ${tables.map((connection) => connectionMarkup(history, verdicts, connection, budgets))}
        ${shown.length > tables.length ? html`<p class="muted">… ${shown.length - tables.length} more failing connections without a table; see the matrix.</p>` : undefined}
        ${besideMarkup(history, verdicts)}
      </body>
    </html> `;
  return page.html;
}

function failingConnections(history: History, verdicts: readonly Verdict[]): ReadonlySet<string> {
  const findings = verdicts.flatMap(findingsOf);
  return new Set(findings.flatMap((finding) => connectionsIn(history, finding)));
}

function connectionMarkup(
  history: History,
  verdicts: readonly Verdict[],
  connection: Connection,
  budgets: Budgets,
): Markup {
  return html`<h2>Connection ${connection.name} <span class="muted">${fateOf(connection)}</span></h2>
    ${phasesMarkup(phasesOf(history, connection, budgets))}
    ${entryTableMarkup(entryTableOf(history, verdicts, connection.name))}`;
}

/** Who connected, and what became of it, in one line. */
function fateOf({ request, opened, refused, welcome, closed }: Connection): string {
  const who =
    request === undefined ? 'unknown user' : `${request.user} with a credential that is ${request.credential}`;
  if (opened === undefined) return `${who}: ${refused?.because ?? 'not opened'}`;
  const welcomed = welcome === undefined ? 'not welcomed' : `welcomed after ${span(welcome.atMs - opened.atMs)}`;
  if (closed === undefined) return `${who}: ${welcomed}, still open at the end`;
  const by = closed.by === 'us' ? 'us' : 'the server';
  return `${who}: ${welcomed}, closed by ${by} with ${closed.code} (${closeCode(closed.code).name})`;
}

/** HTTP requests, the twin's faults and our own lag belong to no connection. */
function besideMarkup(history: History, verdicts: readonly Verdict[]): Markup | undefined {
  const table = entryTableOf(history, verdicts, '');
  return table.rows.length === 0
    ? undefined
    : html`<h2>Beside the connections</h2>
        ${entryTableMarkup(table)}`;
}
