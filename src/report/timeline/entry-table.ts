import { extremesOf } from '../../history/extremes.ts';
import { findingKind, isDoubt } from '../../checks/findings.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Finding, Verdict } from '../../checks/verdict.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runName, runsOf } from '../../history/runs.ts';
import { ARROWS, describeEntry, payloadOf } from '../describe-entry.ts';
import { moment, size, span } from '../measures.ts';
import { marksOf } from '../transcript.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** One row of a table: an entry, what preceded it by how long, and what is wrong with it. */
export interface EntryRow {
  readonly kind: 'entry';
  readonly entry: Entry;
  /** Since the first entry of the history. */
  readonly sinceStartMs: number;
  /** Since the previous entry of the same table. */
  readonly deltaMs: number;
  /** The run that it belongs to, by number from 1 in order of the requests; 0 for none. */
  readonly run: number;
  readonly runName: string;
  /** Findings that show here. */
  readonly findings: readonly Finding[];
  /** A finding that shows elsewhere cites this entry too. */
  readonly isCited: boolean;
}

/** Rows that were left out, and which. */
export interface CutRow {
  readonly kind: 'cut';
  readonly left: number;
  readonly from: number;
  readonly to: number;
}

/** What happened on one connection; the name is empty for what belongs to none. */
export interface EntryTable {
  readonly name: string;
  readonly rows: readonly (EntryRow | CutRow)[];
}

const ROWS_AT_EACH_END = 100;
const ROWS_AROUND_A_FINDING = 2;
const MOST_FINDINGS_IN_THE_MIDDLE = 100;

/** The table of one connection. A long one is cut in the middle, but for the rows at and around the first findings. */
export function entryTableOf(history: History, verdicts: readonly Verdict[], name: string): EntryTable {
  const start = history[0]?.atMs ?? 0;
  const findings = findingsByEntry(verdicts);
  const cited = marksOf(verdicts);
  const runs = runsByEntry(history);
  const entries = history.filter((entry) => entry.connection === name);
  const rows = entries.map((entry, position): EntryRow => {
    const run = runs.get(entry.index);
    return {
      kind: 'entry',
      entry,
      sinceStartMs: entry.atMs - start,
      deltaMs: entry.atMs - (entries[position - 1] ?? entry).atMs,
      run: run?.number ?? 0,
      runName: run?.name ?? '',
      findings: findings.get(entry.index) ?? [],
      isCited: cited.has(entry.index),
    };
  });
  return { name, rows: cut(rows) };
}

/** A finding stands at the last entry that it cites: there it showed. */
function findingsByEntry(verdicts: readonly Verdict[]): ReadonlyMap<number, readonly Finding[]> {
  const found = new Map<number, readonly Finding[]>();
  for (const finding of verdicts.flatMap(findingsOf)) {
    const at = extremesOf(finding.entries)?.most;
    if (at === undefined) continue;
    found.set(at, [...(found.get(at) ?? []), finding]);
  }
  return found;
}

function runsByEntry(history: History): ReadonlyMap<number, { readonly number: number; readonly name: string }> {
  const runs = new Map<number, { readonly number: number; readonly name: string }>();
  runsOf(history).runs.forEach((run, position) => {
    const of = { number: position + 1, name: runName(run) };
    runs.set(run.request.index, of);
    for (const delivery of run.deliveries.values()) for (const entry of delivery.entries) runs.set(entry.index, of);
  });
  return runs;
}

function cut(rows: readonly EntryRow[]): readonly (EntryRow | CutRow)[] {
  if (rows.length <= 2 * ROWS_AT_EACH_END) return rows;
  const withFindings = rows.flatMap(({ findings }, position) => (findings.length > 0 ? [position] : []));
  const near = new Set(
    withFindings.slice(0, MOST_FINDINGS_IN_THE_MIDDLE).flatMap((position) => {
      const around = Array.from({ length: 2 * ROWS_AROUND_A_FINDING + 1 }, (_, step) => step - ROWS_AROUND_A_FINDING);
      return around.map((step) => position + step);
    }),
  );
  const isKept = (position: number): boolean =>
    position < ROWS_AT_EACH_END || position >= rows.length - ROWS_AT_EACH_END || near.has(position);
  const shown: (EntryRow | CutRow)[] = [];
  rows.forEach((row, position) => {
    const last = shown.at(-1);
    if (isKept(position)) shown.push(row);
    else if (last?.kind === 'cut') shown[shown.length - 1] = { ...last, left: last.left + 1, to: row.entry.index };
    else shown.push({ kind: 'cut', left: 1, from: row.entry.index, to: row.entry.index });
  });
  return shown;
}

const EXCERPT_CHARACTERS = 140;
const PAYLOAD_CHARACTERS = 4000;
const DOTS: Readonly<Record<string, string>> = { [ARROWS.out]: 'out', [ARROWS.in]: 'in', [ARROWS.none]: 'none' };

/** The table as markup: one row per entry with its place on the time axis, and one below it for each finding. */
export function entryTableMarkup(table: EntryTable): Markup {
  const entries = table.rows.filter((row) => row.kind === 'entry');
  const startMs = entries[0]?.sinceStartMs ?? 0;
  const lengthMs = Math.max(1, (entries.at(-1)?.sinceStartMs ?? 0) - startMs);
  return html`<table class="entries">
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
    ${table.rows.map((row) => (row.kind === 'cut' ? cutMarkup(row) : rowMarkup(row, (row.sinceStartMs - startMs) / lengthMs)))}
  </table>`;
}

function cutMarkup({ left, from, to }: CutRow): Markup {
  return html`<tr class="cut">
    <td colspan="9">
      … ${left} entries (#${from} to #${to}) are left out here; the attachment “frames” has them, with their findings …
    </td>
  </tr>`;
}

function rowMarkup(row: EntryRow, share: number): Markup {
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

function stateOf({ findings, isCited }: EntryRow): string {
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
