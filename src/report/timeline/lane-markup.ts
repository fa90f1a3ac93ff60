import { findingKind, isDoubt } from '../../checks/findings.ts';
import type { Finding } from '../../checks/verdict.ts';
import type { Entry } from '../../history/entry.ts';
import { ARROWS, describeEntry } from '../describe-entry.ts';
import type { CutRow, Lane, LaneRow } from './lanes.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import { moment, size, span } from '../measures.ts';
import { payloadOf } from '../payload.ts';

const EXCERPT_CHARACTERS = 140;
const PAYLOAD_CHARACTERS = 4000;
const DOTS: Readonly<Record<string, string>> = { [ARROWS.out]: 'out', [ARROWS.in]: 'in', [ARROWS.none]: 'none' };

/** A lane as a table: one row per entry with its place on the time axis, and one below it for each finding. */
export function laneMarkup(lane: Lane): Markup {
  const entries = lane.rows.filter((row) => row.kind === 'entry');
  const startMs = entries[0]?.sinceStartMs ?? 0;
  const lengthMs = Math.max(1, (entries.at(-1)?.sinceStartMs ?? 0) - startMs);
  return html`<table class="lane">
    <colgroup>
      <col style="width:44px" />
      <col style="width:84px" />
      <col style="width:76px" />
      <col style="width:130px" />
      <col style="width:24px" />
      <col style="width:30px" />
      <col style="width:176px" />
      <col style="width:64px" />
      <col />
    </colgroup>
    <tr>
      <th>#</th>
      <th class="number">time</th>
      <th class="number">Δ</th>
      <th>${span(lengthMs)} in all</th>
      <th></th>
      <th>run</th>
      <th>what</th>
      <th class="number">size</th>
      <th>payload</th>
    </tr>
    ${lane.rows.map((row) => (row.kind === 'cut' ? cutMarkup(row) : rowMarkup(row, (row.sinceStartMs - startMs) / lengthMs)))}
  </table>`;
}

function cutMarkup({ left, from, to }: CutRow): Markup {
  return html`<tr class="cut">
    <td colspan="9">
      … ${left} entries (#${from} to #${to}) are left out here; no finding stands at any of them, and the attachment
      “frames” has them all …
    </td>
  </tr>`;
}

function rowMarkup(row: LaneRow, share: number): Markup {
  const { entry, findings } = row;
  const { arrow, title, detail } = describeEntry(entry);
  return html`<tr class="${stateOf(row)}">
      <td class="muted">${entry.index}</td>
      <td class="number">${moment(row.sinceStartMs)}</td>
      <td class="number muted">${row.deltaMs === 0 ? '' : `+${span(row.deltaMs)}`}</td>
      <td class="track"><i class="${DOTS[arrow] ?? 'none'}" style="left:${(4 + share * 92).toFixed(1)}%"></i></td>
      <td class="narrow">${arrow}</td>
      <td class="narrow">
        ${row.run === 0 ? undefined : html`<span class="run" title="${row.runName}">${row.run}</span>`}
      </td>
      <td class="mono" title="${title}">${nameOf(entry, title)}</td>
      <td class="number muted">${'bytes' in entry ? size(entry.bytes) : ''}</td>
      <td>${payloadMarkup(entry, detail)}</td>
    </tr>
    ${findings.map(findingMarkup)}`;
}

/** A welcome is called so, whatever its type on the wire. */
function nameOf(entry: Entry, title: string): string {
  return entry.kind === 'received' && entry.message.meaning === 'welcome' ? 'welcome' : title;
}

function stateOf({ findings, isCited }: LaneRow): string {
  if (findings.some(({ code }) => !isDoubt(code))) return 'wrong';
  if (findings.length > 0) return 'unsure';
  return isCited ? 'cited' : '';
}

function findingMarkup({ code, blame, because, expected }: Finding): Markup {
  const doubt = isDoubt(code);
  return html`<tr class="finding ${doubt ? 'unsure' : 'wrong'}">
    <td colspan="9">
      <span class="${doubt ? 'doubt' : 'bad'}">${doubt ? '?' : '✗'} <b>${code}</b></span> in phase
      ${findingKind(code).phase}, blame ${blame}: ${because}. <span class="muted">Expected: ${expected}.</span>
    </td>
  </tr>`;
}

function payloadMarkup(entry: Entry, detail: string): Markup {
  const oneLine = (detail === '' ? headersIn(entry) : detail).replaceAll(/\s+/g, ' ');
  const excerpt = oneLine.length > EXCERPT_CHARACTERS ? `${oneLine.slice(0, EXCERPT_CHARACTERS)}…` : oneLine;
  const payload = payloadOf(entry, detail);
  if (payload === oneLine && oneLine.length < EXCERPT_CHARACTERS / 2) return html`<span class="mono">${excerpt}</span>`;
  const cut =
    payload.length > PAYLOAD_CHARACTERS
      ? `${payload.slice(0, PAYLOAD_CHARACTERS)}\n… ${payload.length - PAYLOAD_CHARACTERS} more characters in the attachment “history”`
      : payload;
  return html`<details>
    <summary class="mono">${excerpt}</summary>
    <pre>${cut}</pre>
  </details>`;
}

function headersIn(entry: Entry): string {
  return entry.kind === 'handshake-answer' ? `${Object.keys(entry.headers).length} headers` : '';
}
