import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import type { MatrixCell, MatrixRow } from './matrix.ts';
import { MATRIX_COLUMNS } from './matrix.ts';
import { span } from '../measures.ts';

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
