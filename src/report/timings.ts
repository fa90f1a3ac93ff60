import { pair } from '../checks/ping-pairs.ts';
import type { Connection } from '../history/connections.ts';
import { allOf, connectionsOf } from '../history/connections.ts';
import type { Entry, EntryOf, History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';
import { WELCOME_GOALS } from '../history/wait-goals.ts';

/** What was asked, and what answered it; `to` is undefined where nothing did. */
export interface Timed {
  readonly from: Entry;
  readonly to: Entry | undefined;
}

/** The times of one run on the connection that asked for it. */
export interface RunTimings {
  readonly run: Run;
  /** Everything of the run that arrived on this connection. */
  readonly events: readonly EntryOf<'received'>[];
  readonly firstEvent: Timed;
  /** From each event to the next. */
  readonly gaps: readonly Timed[];
  /** From the request to the event that ended the run. */
  readonly whole: Timed;
}

/** The times of one connection. */
export interface ConnectionTimings {
  /** From the upgrade request to the open socket; undefined without a request. */
  readonly connect: Timed | undefined;
  /** From the open socket to the welcome; undefined when the socket never opened, or nobody waited for a welcome. */
  readonly welcome: Timed | undefined;
  /** From each ping to its pong. */
  readonly pongs: readonly Timed[];
  readonly runs: readonly RunTimings[];
}

/**
 * Says for one connection what is timed, from which entry to which. Everything that shows, sums up or exports a time starts
 * here: reports, fleets and nightly rates. It stands in this folder because the pairs of pings and pongs are made by checks,
 * and nothing below this folder needs times.
 */
export function timingsOf(history: History, connection: Connection): ConnectionTimings {
  const { name, request, opened, welcome, entries } = connection;
  const isAwaited =
    welcome !== undefined || allOf(entries, 'deadline').some(({ waitingFor }) => WELCOME_GOALS.includes(waitingFor));
  return {
    connect: request === undefined ? undefined : { from: request, to: opened },
    welcome: opened === undefined || !isAwaited ? undefined : { from: opened, to: welcome },
    pongs: pair(connection, 'ping', 'pong').pairs.map(({ ping, pong }) => ({ from: ping, to: pong })),
    runs: runsOf(history)
      .runs.filter((run) => run.connection === name)
      .map((run) => runTimings(run)),
  };
}

function runTimings(run: Run): RunTimings {
  const { request, connection, deliveries } = run;
  const { entries: events, terminal } = deliveries.get(connection) ?? { entries: [], terminal: undefined };
  return {
    run,
    events,
    firstEvent: { from: request, to: events[0] },
    gaps: events.slice(1).map((event, position) => ({ from: events[position] ?? event, to: event })),
    whole: { from: request, to: terminal },
  };
}

/** How long it took, in milliseconds; undefined where nothing answered, which is a finding and not a time. */
export function tookMs(timed: Timed | undefined): number | undefined {
  return timed?.to === undefined ? undefined : timed.to.atMs - timed.from.atMs;
}

/** What a report sums up over all connections, in the order of a test. */
export const LATENCIES = ['connect', 'welcome', 'pong', 'first-event', 'gap', 'run'] as const;

/** The name of one of {@link LATENCIES}. */
export type Latency = (typeof LATENCIES)[number];

/** The samples of each latency, in milliseconds. */
export type Latencies = Readonly<Record<Latency, readonly number[]>>;

/** The times of all connections of a history. Connections that present a bad credential on purpose are left out. */
export function latenciesOf(history: History): Latencies {
  const timings = connectionsOf(history)
    .filter(({ request }) => request?.credential === 'valid')
    .map((connection) => timingsOf(history, connection));
  const samples = (of: (timings: ConnectionTimings) => readonly (Timed | undefined)[]): readonly number[] =>
    timings.flatMap((each) => of(each).flatMap((timed) => tookMs(timed) ?? []));
  return {
    connect: samples(({ connect }) => [connect]),
    welcome: samples(({ welcome }) => [welcome]),
    pong: samples(({ pongs }) => pongs),
    'first-event': samples(({ runs }) => runs.map(({ firstEvent }) => firstEvent)),
    gap: samples(({ runs }) => runs.flatMap(({ gaps }) => gaps)),
    run: samples(({ runs }) => runs.map(({ whole }) => whole)),
  };
}
