import Table from 'cli-table3';
import type { FleetResult } from './fleet-result.ts';
import { failing } from './fleet-result.ts';
import type { UserResult } from '../observe/user-result.ts';
import type { LatencyMetric } from '../observe/latency-metrics.ts';

const MOST_FAILING = 200;
const SLOWEST = 20;
const COLUMNS: readonly LatencyMetric[] = ['connect', 'welcome', 'pong', 'first-event', 'run'];

/** Every failing member, the slowest of the others, and one line for the rest: readable at any size. */
export function fleetMatrix(fleet: FleetResult): string {
  const bad = failing(fleet);
  const good = fleet.members.filter(({ outcome }) => outcome === 'passed');
  const slowest = good.toSorted((a, b) => slowness(b) - slowness(a)).slice(0, SLOWEST);
  const head = ['connection', 'user', 'outcome', ...COLUMNS.map((phase) => `${phase} ms`), 'findings'];
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...[...bad.slice(0, MOST_FAILING), ...slowest].map(row));
  return [
    table.toString(),
    ...(bad.length > MOST_FAILING ? [`and ${bad.length - MOST_FAILING} more that did not pass: see fleet.json`] : []),
    ...(good.length > slowest.length
      ? [`and ${good.length - slowest.length} more that passed, none of them slower`]
      : []),
    ...fleet.unjudged.map(({ because }) => `not judged: ${because}`),
  ].join('\n');
}

function row({ name, user, outcome, phasesMs, findings }: UserResult): string[] {
  const times = COLUMNS.map((phase) => phasesMs[phase]?.toFixed(1) ?? '');
  return [name, user, outcome, ...times, [...new Set(findings.map(({ code }) => code))].join(', ')];
}

function slowness({ phasesMs }: UserResult): number {
  return COLUMNS.reduce((sum, phase) => sum + (phasesMs[phase] ?? 0), 0);
}
