import Table from 'cli-table3';
import type { FleetResult } from '../observe/fleet-result.ts';
import { failing } from '../observe/fleet-result.ts';
import type { LatencyFigures, LatencyMetric } from '../observe/latency-metrics.ts';
import { TRUSTED_LAG_MS, latencyFigures } from '../observe/latency-metrics.ts';
import type { UserResult } from '../observe/user-result.ts';

const HEAD = ['metric (ms)', 'count', 'p50', 'p90', 'p99', 'max', 'own lag p99', 'own lag max', 'trusted'];
const PLAIN = { head: [], border: [] };

/** What load tools print at the end: the load, the outcome, and a line per metric with our own delay beside it. */
export function fleetTable(fleet: FleetResult): string {
  const { load, users, expected, durationMs, threads, shards } = fleet;
  const figures = latencyFigures(fleet);
  const table = new Table({
    head: HEAD,
    style: PLAIN,
    colAligns: HEAD.map((_, column) => (column === 0 ? 'left' : 'right')),
  });
  table.push(...figures.map(figuresRow));
  const outcomes = (['passed', 'failed', 'unverified'] as const).map(
    (outcome) => `${users.filter((user) => user.outcome === outcome).length} ${outcome}`,
  );
  const backedOff = users.filter((user) => user.backedOff > 0).length;
  return [
    `fleet of ${expected} connections in ${(durationMs / 1000).toFixed(1)} s, ${count(shards.length, 'shard')}, ${count(threads, 'thread')}`,
    `  ${outcomes.join(', ')}, ${expected - users.length} not judged; ${backedOff} were asked to come back later and did`,
    `  ramp ${load.rampPerSecond}/s declared, ${achievedPerSecond(fleet).toFixed(0)}/s achieved; at most ${load.handshakesAtOnce} handshakes at once`,
    `  whole histories kept of ${fleet.kept.length} connections; of the others only what is in this report`,
    table.toString(),
    ...(figures.some(({ trusted }) => !trusted) ? [ADVICE] : []),
  ].join('\n');
}

const ADVICE =
  `Figures that are not trusted were measured while this harness itself was late by more than ${TRUSTED_LAG_MS} ms: lower ` +
  'CONNECTIONS_PER_WORKER or RAMP_PER_SECOND, or run the fleet in more shards.';

function figuresRow(figures: LatencyFigures): string[] {
  const { metric, count, p50, p90, p99, maxMs, lagP99, lagMaxMs, trusted } = figures;
  const ms = [p50, p90, p99, maxMs, lagP99, lagMaxMs].map((value) => (Number.isFinite(value) ? value.toFixed(1) : '?'));
  return [metric, String(count), ...ms, trusted ? 'yes' : 'no'];
}

/** Connections actually started in a second, from the first to the last. */
function achievedPerSecond({ users }: Pick<FleetResult, 'users'>): number {
  if (users.length < 2) return users.length;
  const starts = users.map(({ startedAtMs }) => startedAtMs);
  const takenMs = starts.reduce((a, b) => Math.max(a, b)) - starts.reduce((a, b) => Math.min(a, b));
  return ((users.length - 1) * 1000) / Math.max(1, takenMs);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

const MOST_FAILING = 200;
const SLOWEST = 20;
const COLUMNS: readonly LatencyMetric[] = ['connect', 'welcome', 'pong', 'first-event', 'run'];

/** Every failing virtual user, the slowest of the others, and one line for the rest: readable at any size. */
export function fleetMatrix(fleet: FleetResult): string {
  const bad = failing(fleet);
  const good = fleet.users.filter(({ outcome }) => outcome === 'passed');
  const slowest = good.toSorted((a, b) => slowness(b) - slowness(a)).slice(0, SLOWEST);
  const head = ['connection', 'user', 'outcome', ...COLUMNS.map((metric) => `${metric} ms`), 'findings'];
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...[...bad.slice(0, MOST_FAILING), ...slowest].map(userRow));
  return [
    table.toString(),
    ...(bad.length > MOST_FAILING ? [`and ${bad.length - MOST_FAILING} more that did not pass: see fleet.json`] : []),
    ...(good.length > slowest.length
      ? [`and ${good.length - slowest.length} more that passed, none of them slower`]
      : []),
    ...fleet.unjudged.map(({ because }) => `not judged: ${because}`),
  ].join('\n');
}

function userRow({ connection, user, outcome, latenciesMs, findings }: UserResult): string[] {
  const times = COLUMNS.map((metric) => latenciesMs[metric]?.toFixed(1) ?? '');
  return [connection, user, outcome, ...times, [...new Set(findings.map(({ code }) => code))].join(', ')];
}

function slowness({ latenciesMs }: UserResult): number {
  return COLUMNS.reduce((sum, metric) => sum + (latenciesMs[metric] ?? 0), 0);
}
