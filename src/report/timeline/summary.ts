import type { Owner } from '../../checks/blame.ts';
import { findingKind } from '../../checks/findings.ts';
import type { Verdict } from '../../checks/verdict.ts';
import type { History } from '../../history/entry.ts';
import { describeEntry } from '../describe-entry.ts';
import { moment } from '../measures.ts';
import { connectionsIn, divergences } from './divergence.ts';
import type { Divergence } from './divergence.ts';
import { html } from './markup.ts';
import type { Markup } from './markup.ts';

/** What of a diagnosis is shown at the top of the evidence. */
export interface ShownDiagnosis {
  readonly signature: string;
  readonly title: string;
  readonly measured: readonly string[];
  readonly candidates: readonly string[];
  readonly next: readonly string[];
}

/** Who that is, for a reader who does not know the words. */
const WHO: Readonly<Record<Owner, string>> = {
  product: 'the backend: its developers should look',
  auth: 'credentials or the auth service: whoever owns them should look',
  environment: 'the deployment or the network: whoever runs it should look',
  harness: 'this test or its machine: whoever maintains the tests should look',
  open: 'nobody yet: what was recorded cannot tell',
};

/** The box at the top: what broke first, when, whose it is, and what to look at next; or what holds. */
export function summaryMarkup(history: History, verdicts: readonly Verdict[], diagnosis?: ShownDiagnosis): Markup {
  const [first, ...others] = divergences(history, verdicts);
  if (first === undefined) return passMarkup(verdicts);
  const { finding, check, isDoubt } = first;
  const { means, phase } = findingKind(finding.code);
  return html`<section class="summary ${isDoubt ? 'doubted' : 'violated'}">
    <h1>${isDoubt ? 'Not verified' : 'Violated'}: ${means}</h1>
    <dl>
      <dt>What broke</dt>
      <dd>${finding.because}</dd>
      <dt>Expected</dt>
      <dd>${finding.expected}</dd>
      <dt>Found</dt>
      <dd>${finding.found}</dd>
      <dt>When</dt>
      <dd>${when(history, first)} in phase <b>${phase}</b></dd>
      ${citedMarkup(history, finding.entries)}
      <dt>Whose is it</dt>
      <dd><span class="blame">${finding.blame}</span> ${WHO[finding.blame]}</dd>
      ${diagnosis === undefined ? undefined : diagnosisMarkup(diagnosis, [first, ...others])}
      <dt>Check</dt>
      <dd>
        <code>${check}</code> found
        <code>${finding.code}</code>
      </dd>
      ${
        others.length === 0
          ? undefined
          : html`<dt>Also found</dt>
              <dd>${othersMarkup(history, others)}</dd>`
      }
    </dl>
  </section>`;
}

function passMarkup(verdicts: readonly Verdict[]): Markup {
  const notes = verdicts.flatMap((verdict) => verdict.notes);
  return html`<section class="summary">
    <h1>${verdicts.length === 0 ? 'Nothing was judged' : 'Everything that was judged holds'}</h1>
    <ul>
      ${verdicts.map((verdict) => html`<li><span class="good">✓</span> <code>${verdict.check}</code> ${verdict.because}</li>`)}
      ${notes.map((note) => html`<li><span class="info">note</span> ${note.because}</li>`)}
    </ul>
  </section>`;
}

function diagnosisMarkup(
  { signature, title, measured, candidates, next }: ShownDiagnosis,
  shown: readonly Divergence[],
): Markup {
  const facts = measured.filter((fact) => shown.every(({ finding }) => finding.because !== fact));
  return html`<dt>Diagnosis</dt>
    <dd><b>${signature}</b> ${title}</dd>
    ${listMarkup('What next', next)} ${listMarkup('Possible causes', candidates)} ${listMarkup('Measured', facts)}`;
}

function listMarkup(title: string, items: readonly string[]): Markup | undefined {
  return items.length === 0
    ? undefined
    : html`<dt>${title}</dt>
        <dd>
          <ul>
            ${items.map((item) => html`<li>${item}</li>`)}
          </ul>
        </dd>`;
}

function when(history: History, { entry, finding }: Divergence): Markup {
  const on = connectionsIn(history, finding).join(', ');
  const where = on === '' ? '' : ` on ${on}`;
  if (entry === undefined) return html`at no moment in particular${where}`;
  return html`<b>${moment(entry.atMs - (history[0]?.atMs ?? 0))}</b>, entry #${entry.index}${where}`;
}

const MOST_CITED = 5;

/** The entries that the first finding rests on, so that they are seen without looking for their lane. */
function citedMarkup(history: History, entries: readonly number[]): Markup | undefined {
  const cited = entries.slice(0, MOST_CITED).flatMap((index) => history[index] ?? []);
  if (cited.length === 0) return undefined;
  const startMs = history[0]?.atMs ?? 0;
  return html`<dt>Entries</dt>
    <dd>
      ${cited.map((entry) => {
        const { arrow, title, detail } = describeEntry(entry);
        const excerpt = detail.replaceAll(/\s+/g, ' ').slice(0, EXCERPT_CHARACTERS);
        return html`<div class="mono">
          #${entry.index} ${moment(entry.atMs - startMs)} ${entry.connection} ${arrow} ${title}
          <span class="muted">${excerpt}</span>
        </div>`;
      })}
    </dd>`;
}

const EXCERPT_CHARACTERS = 100;
const MOST_KINDS = 6;
const MOST_CONNECTIONS = 8;

/** What else is wrong, as a list: one line per check and code, however often it was found. */
function othersMarkup(history: History, others: readonly Divergence[]): Markup {
  const kinds = [...byKind(others).values()];
  return html`<ul>
    ${kinds.slice(0, MOST_KINDS).flatMap((divergences) => kindMarkup(history, divergences))}
    ${kinds.length > MOST_KINDS ? html`<li class="muted">… and ${kinds.length - MOST_KINDS} more kinds in the attachment “verdicts”</li>` : undefined}
  </ul>`;
}

function byKind(all: readonly Divergence[]): ReadonlyMap<string, readonly Divergence[]> {
  const kinds = new Map<string, readonly Divergence[]>();
  for (const divergence of all) {
    const kind = `${divergence.check} ${divergence.finding.code}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), divergence]);
  }
  return kinds;
}

function kindMarkup(history: History, divergences: readonly Divergence[]): readonly Markup[] {
  const [first] = divergences;
  if (first === undefined) return [];
  const { check, finding, isDoubt, entry } = first;
  const names = [...new Set(divergences.flatMap((each) => connectionsIn(history, each.finding)))];
  const shown = names.slice(0, MOST_CONNECTIONS).join(', ');
  const on = names.length === 0 ? '' : ` on ${shown}${names.length > MOST_CONNECTIONS ? ' …' : ''}`;
  const at = entry === undefined ? '' : `${moment(entry.atMs - (history[0]?.atMs ?? 0))} `;
  const times = divergences.length === 1 ? '' : ` × ${divergences.length}`;
  return [
    html`<li>
      <span class="${isDoubt ? 'doubt' : 'bad'}">${isDoubt ? '?' : '✗'}</span>
      <code>${check} ${finding.code}</code>${times} (${finding.blame}${on}): ${at}${finding.because}
    </li>`,
  ];
}
