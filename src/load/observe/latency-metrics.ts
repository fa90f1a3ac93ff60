import type { LagSample } from '../../client/lag-sampler.ts';
import { connectionsOf, firstOf } from '../../history/connections.ts';
import type { Entry, History } from '../../history/entry.ts';
import { runsOf } from '../../history/runs.ts';
import type { PlannedStart } from '../execute/user-session.ts';
import type { Distribution } from './distribution.ts';
import { createDistribution } from './distribution.ts';
import { LAG_INTERVAL_MS, lagWithin } from './own-lag.ts';

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

type Texts = Readonly<Partial<Record<LatencyMetric, string>>>;

/** Collects what was timed, phase by phase. */
export interface Measurements {
  add(stretch: Timing): void;
  phases(): Texts;
  /** For each phase the distribution of our own delay between its first start and its last end. */
  lag(samples: readonly LagSample[]): Texts;
}

interface Measured {
  readonly distribution: Distribution;
  fromMs: number;
  toMs: number;
}

export function createMeasurements(): Measurements {
  const measured = new Map<LatencyMetric, Measured>();
  const texts = (textOf: (of: Measured) => string): Texts =>
    Object.fromEntries([...measured].map(([phase, of]) => [phase, textOf(of)]));
  return {
    add({ phase, fromMs, toMs }) {
      const of = measured.get(phase) ?? { distribution: createDistribution(), fromMs, toMs };
      measured.set(phase, of);
      of.distribution.record(toMs - fromMs);
      of.fromMs = Math.min(of.fromMs, fromMs);
      of.toMs = Math.max(of.toMs, toMs);
    },
    phases: () => texts(({ distribution }) => distribution.toText()),
    lag: (samples) => texts(({ fromMs, toMs }) => lagOf(lagWithin(samples, fromMs, toMs)).toText()),
  };
}

/** A delay hides those that would have been seen while it lasted, so it counts for each of them. */
function lagOf(samples: readonly LagSample[]): Distribution {
  const lag = createDistribution();
  for (const { lateMs } of samples) lag.recordWithHidden(lateMs, LAG_INTERVAL_MS);
  return lag;
}
