import type { Markup } from './markup.ts';
import { html } from './markup.ts';
import { span } from '../measures.ts';
import type { PhaseSpan } from './phases.ts';

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
