import type { Verdict } from '../../checks/verdict.ts';
import { findingsOf } from '../../checks/verdict.ts';
import type { Connection } from '../../history/connections.ts';
import { connectionsOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { AGENT_EVENTS } from '../../protocol/agent-events.ts';
import { connectionsIn } from './divergence.ts';
import { timingsOf, tookMs } from '../timings.ts';

/** Columns of a matrix: milestones of the connection, then the events of its runs. */
export const MATRIX_COLUMNS = ['connect', 'welcome', 'pong', ...AGENT_EVENTS] as const;

export type MatrixColumn = (typeof MATRIX_COLUMNS)[number];

/**
 * One cell: the span in milliseconds from what was asked to what came, the longest where there are several; how many are
 * missing although they were asked for; whether nothing was asked.
 */
export interface MatrixCell {
  readonly tookMs: number | undefined;
  readonly missing: number;
}

/** One connection of many. */
export interface MatrixRow {
  readonly connection: string;
  readonly user: string;
  readonly credential: string;
  readonly cells: ReadonlyMap<MatrixColumn, MatrixCell>;
  /** Codes of the findings about this connection. */
  readonly codes: readonly string[];
  /** From the upgrade request to the last thing that arrived. */
  readonly totalMs: number;
}

/** All connections of a history, the failing ones first, then the slowest first. */
export function matrixOf(history: History, verdicts: readonly Verdict[]): readonly MatrixRow[] {
  const codes = codesByConnection(history, verdicts);
  const rows = connectionsOf(history).map((connection): MatrixRow => {
    const { name, request } = connection;
    return {
      connection: name,
      user: request?.user ?? '',
      credential: request?.credential ?? '',
      cells: cellsOf(history, connection),
      codes: [...(codes.get(name) ?? [])],
      totalMs: request === undefined ? 0 : (tookMs({ from: request, to: lastArrival(connection) }) ?? 0),
    };
  });
  return rows.toSorted((a, b) => Number(b.codes.length > 0) - Number(a.codes.length > 0) || b.totalMs - a.totalMs);
}

function cellsOf(history: History, connection: Connection): MatrixRow['cells'] {
  const { connect, welcome, pongs, runs } = timingsOf(history, connection);
  const events = AGENT_EVENTS.map((event) => {
    const arrivals = runs.map(({ run, events: arrived }) =>
      tookMs({ from: run.request, to: arrived.find(({ message }) => message.event === event) }),
    );
    return [event, cellOf(arrivals)] as const;
  });
  return new Map<MatrixColumn, MatrixCell>([
    ['connect', cellOf(connect === undefined ? [] : [tookMs(connect)])],
    ['welcome', cellOf(welcome === undefined ? [] : [tookMs(welcome)])],
    ['pong', cellOf(pongs.map(tookMs))],
    ...events,
  ]);
}

function cellOf(spans: readonly (number | undefined)[]): MatrixCell {
  const came = spans.filter((ms) => ms !== undefined);
  return { tookMs: came.length === 0 ? undefined : Math.max(...came), missing: spans.length - came.length };
}

function lastArrival({ entries }: Connection): Entry | undefined {
  return entries.findLast(({ kind }) => kind !== 'closed' && kind !== 'ended' && kind !== 'quiet');
}

function codesByConnection(history: History, verdicts: readonly Verdict[]): ReadonlyMap<string, ReadonlySet<string>> {
  const codes = new Map<string, Set<string>>();
  for (const finding of verdicts.flatMap(findingsOf)) {
    for (const name of connectionsIn(history, finding)) {
      codes.set(name, (codes.get(name) ?? new Set()).add(finding.code));
    }
  }
  return codes;
}
