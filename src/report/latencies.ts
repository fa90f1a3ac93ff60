import { pair } from '../checks/ping-pairs.ts';
import type { Connection } from '../history/connections.ts';
import { connectionsOf } from '../history/connections.ts';
import type { Entry, History } from '../history/entry.ts';
import type { Run } from '../history/runs.ts';
import { runsOf } from '../history/runs.ts';

/** What is timed, in the order of a test. */
export const LATENCIES = ['connect', 'welcome', 'pong', 'first-event', 'gap', 'run'] as const;

export type Latency = (typeof LATENCIES)[number];

/** The samples of each latency, in milliseconds. */
export type Latencies = Readonly<Record<Latency, readonly number[]>>;

/**
 * Times a history: upgrade request to open socket, open socket to welcome, ping to pong, request of a run to its first
 * event, pauses between its events, request to its last event. What was never answered has no sample: it is a finding, not
 * a time. Connections that present a bad credential on purpose are left out.
 */
export function latenciesOf(history: History): Latencies {
  const connections = connectionsOf(history).filter(({ request }) => request?.credential === 'valid');
  const names = new Set(connections.map(({ name }) => name));
  const runs = runsOf(history).runs.filter(({ connection }) => names.has(connection));
  return {
    connect: connections.flatMap(({ request, opened }) => between(request, opened)),
    welcome: connections.flatMap(({ opened, welcome }) => between(opened, welcome)),
    pong: connections.flatMap(pongsOf),
    'first-event': runs.flatMap((run) => between(run.request, eventsOf(run)[0])),
    gap: runs.flatMap(gapsOf),
    run: runs.flatMap((run) => between(run.request, run.deliveries.get(run.connection)?.terminal)),
  };
}

function between(from: Entry | undefined, to: Entry | undefined): readonly number[] {
  return from === undefined || to === undefined ? [] : [to.atMs - from.atMs];
}

function pongsOf(connection: Connection): readonly number[] {
  return pair(connection, 'ping', 'pong').pairs.flatMap(({ ping, pong }) => between(ping, pong));
}

function eventsOf(run: Run): readonly Entry[] {
  return run.deliveries.get(run.connection)?.entries ?? [];
}

function gapsOf(run: Run): readonly number[] {
  const events = eventsOf(run);
  return events.slice(1).flatMap((event, position) => between(events[position], event));
}
