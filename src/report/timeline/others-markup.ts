import type { History } from '../../history/entry.ts';
import type { Divergence } from './divergence.ts';
import { connectionsIn } from './divergence.ts';
import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import { moment } from '../measures.ts';

const MOST_KINDS = 6;
const MOST_CONNECTIONS = 8;

/** What else is wrong, as a list: one line per check and code, however often it was found. */
export function othersMarkup(history: History, others: readonly Divergence[]): Markup {
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
