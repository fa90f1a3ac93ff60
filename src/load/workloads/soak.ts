import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Check } from '../../checks/verdict.ts';
import { monotonicMs } from '../../client/connect.ts';
import type { Identity } from '../../client/identities/identity.ts';
import { allOf } from '../../history/connections.ts';
import type { Entry, Fact, History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { MemorySample } from '../judge/memory.ts';
import type { Observation } from '../observe/observation.ts';
import { observeOne } from '../observe/observation.ts';
import type { NightlyContext, OwnHistory } from './nightly-context.ts';

/** What a soak leaves behind: everything that is needed to judge and draw it, and no histories. */
export interface Soak {
  readonly observations: readonly Observation[];
  readonly memory: readonly MemorySample[];
}

const MEMORY_SAMPLES = 30;
const KEPT_HISTORIES = 20;
/** Fewer show no rate; a soak in which they are not done yet goes on for a while. */
const FEWEST_SESSIONS = 60;
const MOST_TIMES_AS_LONG = 8;

/**
 * Some clients, each of a user of its own, connect, ask, listen to the end and close, again and again, for as long as the
 * soak lasts. Every session has a history of its own that is judged by all checks, reduced to an observation and forgotten;
 * the first that went wrong are kept in the history of the test.
 */
export async function soak(context: NightlyContext, checks: readonly Check[]): Promise<Soak> {
  const { plan, recorder } = context;
  const beganMs = monotonicMs();
  const observations: Observation[] = [];
  const memory: MemorySample[] = [];
  const began = recorder.record('', {
    kind: 'probe',
    name: 'soak',
    target: `${plan.soakClients} clients`,
    durationMs: plan.soakMs,
    found: `${plan.soakClients} clients side by side for ${plan.soakMs} ms`,
  });
  const goesOn = (): boolean => {
    const ageMs = monotonicMs() - beganMs;
    return ageMs < plan.soakMs || (observations.length < FEWEST_SESSIONS && ageMs < MOST_TIMES_AS_LONG * plan.soakMs);
  };
  const keep = keeperOf(recorder, began.index);
  const runClient = async (): Promise<void> => {
    let identity = await context.nextIdentity();
    while (goesOn()) {
      identity = await context.renewed(identity);
      const own = context.newHistory();
      await runSession(own, context, identity);
      const observed = observeOne(own.recorder, checks, 'sample', allOf(recorder.history, 'lag'));
      if (observed !== undefined) observations.push(keep(observed, own.recorder.history));
      await sleep(plan.soakPauseMs);
    }
  };
  const watchMemory = async (): Promise<void> => {
    const collectGarbage = garbageCollector();
    while (goesOn()) {
      collectGarbage();
      memory.push(measureMemory(recorder, beganMs, observations.length));
      await sleep(plan.soakMs / MEMORY_SAMPLES);
    }
  };
  await Promise.all([...Array.from({ length: plan.soakClients }, runClient), watchMemory()]);
  return { observations, memory };
}

async function runSession({ connect }: OwnHistory, { prompt }: NightlyContext, identity: Identity): Promise<void> {
  const client = await connect({ identity });
  const welcomed = await client.welcomed();
  const ponged = welcomed.by === 'message' ? await client.ping() : welcomed;
  if (ponged.by === 'message') {
    client.ask(prompt);
    await client.settled();
  }
  await client.close();
}

/**
 * Makes observations small, and copies the first histories that went wrong into `recorder`. Observations whose history is
 * not kept cite the entry `beganAt`.
 */
function keeperOf(recorder: Recorder, beganAt: number): (observed: Observation, history: History) => Observation {
  const evidence = [beganAt];
  let wrong = 0;
  return (observed, history) => {
    if (observed.outcome === 'passed') return withoutDetails(observed, evidence);
    wrong += 1;
    const connection = `s${wrong}`;
    const entries = wrong <= KEPT_HISTORIES ? copyInto(recorder, history, connection) : evidence;
    return { ...observed, connection, entries };
  };
}

/** Good sessions are many: what they have in common is kept once. */
function withoutDetails(observed: Observation, entries: readonly number[]): Observation {
  const { asked, complete } = observed.runs;
  const runs = asked === 1 && complete === 1 ? ONE_WHOLE_RUN : observed.runs;
  return { ...observed, connection: '', findings: NOTHING, entries, runs };
}

const NOTHING: readonly [] = [];
const ONE_WHOLE_RUN = { asked: 1, complete: 1 } as const;

/** Records the entries of another history once more, all sockets under one name. Returns their new indices. */
function copyInto(recorder: Recorder, history: History, name: string): readonly number[] {
  const offset = recorder.history.length;
  return history.map((entry) => {
    const connection = entry.connection === '' ? '' : name;
    return recorder.record(connection, factOf(entry, offset), entry.atMs).index;
  });
}

/** What an entry says, without when and where; a deadline refers to entries by their index. */
function factOf(entry: Entry, offset: number): Fact {
  const { index: _, atMs: __, connection: ___, ...fact } = entry;
  return fact.kind === 'deadline' && fact.lastSeen !== undefined ? { ...fact, lastSeen: fact.lastSeen + offset } : fact;
}

const BYTES_PER_MB = 1_048_576;

/** Measures the memory of this process and records it. `beganMs` is monotonic. */
function measureMemory(recorder: Recorder, beganMs: number, sessions: number): MemorySample {
  const startMs = monotonicMs();
  const { heapUsed, rss } = process.memoryUsage();
  const [heapMb, residentMb] = [heapUsed / BYTES_PER_MB, rss / BYTES_PER_MB];
  const found = `heap ${heapMb.toFixed(1)} MB, resident ${residentMb.toFixed(1)} MB, after ${sessions} sessions`;
  const durationMs = monotonicMs() - startMs;
  const entry = recorder.record('', { kind: 'probe', name: 'memory', target: 'this harness', durationMs, found });
  return { atMs: startMs - beganMs, heapMb, residentMb, entry: entry.index };
}

/** The collector of Node, which is there only behind a flag; the flag can be set while Node runs. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void Reflect.apply(found, undefined, []) : () => undefined;
}
