import Table from 'cli-table3';
import type { FleetResult } from './fleet-result.ts';
import type { LatencyFigures } from '../observe/trusted-figures.ts';
import { TRUSTED_LAG_MS, latencyFigures } from '../observe/trusted-figures.ts';

const HEAD = ['phase (ms)', 'count', 'p50', 'p90', 'p99', 'max', 'own lag p99', 'own lag max', 'trusted'];
const PLAIN = { head: [], border: [] };

/** What load tools print at the end: the load, the outcome, and a line per phase with our own delay beside it. */
export function fleetTable(fleet: FleetResult): string {
  const { load, members, expected, durationMs, threads, parts } = fleet;
  const figures = latencyFigures(fleet);
  const table = new Table({
    head: HEAD,
    style: PLAIN,
    colAligns: HEAD.map((_, column) => (column === 0 ? 'left' : 'right')),
  });
  table.push(...figures.map(row));
  const outcomes = (['passed', 'failed', 'unverified'] as const).map(
    (outcome) => `${members.filter((member) => member.outcome === outcome).length} ${outcome}`,
  );
  const backedOff = members.filter((member) => member.backedOff > 0).length;
  return [
    `fleet of ${expected} connections in ${(durationMs / 1000).toFixed(1)} s, ${count(parts.length, 'part')}, ${count(threads, 'thread')}`,
    `  ${outcomes.join(', ')}, ${expected - members.length} not judged; ${backedOff} were asked to come back later and did`,
    `  ramp ${load.rampPerSecond}/s declared, ${achievedPerSecond(fleet).toFixed(0)}/s achieved; at most ${load.handshakesAtOnce} handshakes at once`,
    `  whole histories kept of ${fleet.kept.length} connections; of the others only what is in this report`,
    table.toString(),
    ...(figures.some(({ trusted }) => !trusted) ? [ADVICE] : []),
  ].join('\n');
}

const ADVICE =
  `Figures that are not trusted were measured while this harness itself was late by more than ${TRUSTED_LAG_MS} ms: lower ` +
  'CONNECTIONS_PER_WORKER or RAMP_PER_SECOND, or run the fleet in more shards.';

function row(figures: LatencyFigures): string[] {
  const { phase, count, p50, p90, p99, maxMs, lagP99, lagMaxMs, trusted } = figures;
  const ms = [p50, p90, p99, maxMs, lagP99, lagMaxMs].map((value) => (Number.isFinite(value) ? value.toFixed(1) : '?'));
  return [phase, String(count), ...ms, trusted ? 'yes' : 'no'];
}

/** Connections actually started in a second, from the first to the last. */
export function achievedPerSecond({ members }: Pick<FleetResult, 'members'>): number {
  if (members.length < 2) return members.length;
  const starts = members.map(({ startedAtMs }) => startedAtMs);
  const spanMs = starts.reduce((a, b) => Math.max(a, b)) - starts.reduce((a, b) => Math.min(a, b));
  return ((members.length - 1) * 1000) / Math.max(1, spanMs);
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
