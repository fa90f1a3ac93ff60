import { connectionsOf, firstOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import type { PlannedStart } from './user-session.ts';

/**
 * What is timed of every member, taken where the socket was read or written. The two `start-delay` phases say how much
 * later than intended we ourselves started; `from-intended` adds that to the answer, as a user would feel it.
 */
export const LATENCY_METRICS = [
  'connect-start-delay',
  'connect',
  'connect-from-intended',
  'welcome',
  'pong',
  'run-start-delay',
  'first-event',
  'run',
  'run-from-intended',
] as const;

export type LatencyMetric = (typeof LATENCY_METRICS)[number];

/** One measured stretch, in monotonic milliseconds. */
export interface Timing {
  readonly phase: LatencyMetric;
  readonly fromMs: number;
  readonly toMs: number;
}

/** Everything that was timed of one member; what did not happen is not there. */
export function timingsOf(
  history: History,
  connecting: PlannedStart,
  asking: PlannedStart | undefined,
): readonly Timing[] {
  const [connection] = connectionsOf(history);
  if (connection === undefined) return [];
  const { request, opened, welcome, entries } = connection;
  const ping = entries.find((entry) => entry.kind === 'sent' && entry.message.meaning === 'ping');
  const pong = entries.find((entry) => entry.kind === 'received' && entry.message.meaning === 'pong');
  const stretches = [
    between('connect-start-delay', connecting.intendedMs, connecting.actualMs),
    between('connect', request?.atMs, opened?.atMs),
    between('connect-from-intended', connecting.intendedMs, opened?.atMs),
    between('welcome', opened?.atMs, welcome?.atMs),
    between('pong', ping?.atMs, pong?.atMs),
    ...(asking === undefined ? [] : runStretches(history, connection.name, asking)),
  ];
  return stretches.filter((stretch) => stretch !== undefined);
}

function runStretches(history: History, name: string, asking: PlannedStart): readonly (Timing | undefined)[] {
  return runsOf(history).runs.flatMap((run, position) => {
    const delivery = run.deliveries.get(name);
    const asked = run.request.atMs;
    const end = delivery?.terminal?.atMs;
    return [
      between('first-event', asked, delivery?.entries[0]?.atMs),
      between('run', asked, end),
      ...(position === 0
        ? [
            between('run-start-delay', asking.intendedMs, asking.actualMs),
            between('run-from-intended', asking.intendedMs, end),
          ]
        : []),
    ];
  });
}

function between(phase: LatencyMetric, fromMs: number | undefined, toMs: number | undefined): Timing | undefined {
  return fromMs === undefined || toMs === undefined ? undefined : { phase, fromMs, toMs };
}

/** When the first thing of a kind happened, relative to the beginning of a fleet. */
export function sinceMs(entry: Entry | undefined, beganMs: number): number | undefined {
  return entry === undefined ? undefined : Math.round(entry.atMs - beganMs);
}

/** The entry that ended a history, if anything did. */
export function endOf(history: History): Entry | undefined {
  return firstOf(history, 'closed') ?? history.at(-1);
}
