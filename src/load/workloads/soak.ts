import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Check } from '../../checks/verdict.ts';
import { monotonicMs } from '../../client/connect.ts';
import type { Identity } from '../../client/identities/identity.ts';
import type { Entry, Fact, History } from '../../history/entry.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { MemorySample } from '../judge/memory.ts';
import type { Observation } from '../observe/observation.ts';
import { observe } from '../observe/observation.ts';
import type { NightlyStage, ReportedWork } from './nightly-stage.ts';

/** What a soak left behind: everything that is needed to judge and draw it, and no histories. */
export interface Soak {
  readonly observations: readonly Observation[];
  readonly memory: readonly MemorySample[];
}

const MEMORY_SAMPLES = 30;
const KEPT_HISTORIES = 20;
/** Fewer show no rate; a soak in which they are not done yet goes on for a while. */
const FEWEST_LIVES = 60;
const MOST_TIMES_AS_LONG = 8;

/**
 * Some clients, each of a user of its own, connect, ask, listen to the end and close, again and again, for as long as the soak lasts. Every life is a
 * history of its own that is judged by all checks, reduced to an observation and forgotten; those that went wrong are kept
 * in the history of the stage, the first of them.
 */
export async function soak(stage: NightlyStage, checks: readonly Check[]): Promise<Soak> {
  const { plan, recorder } = stage;
  const beganMs = monotonicMs();
  const observations: Observation[] = [];
  const began = recorder.record('', {
    kind: 'probe',
    name: 'soak',
    target: `${plan.soakClients} clients`,
    durationMs: plan.soakMs,
    found: `${plan.soakClients} clients side by side for ${plan.soakMs} ms`,
  });
  const evidence = [began.index];
  const memory: MemorySample[] = [];
  const goesOn = (): boolean => {
    const ageMs = monotonicMs() - beganMs;
    return ageMs < plan.soakMs || (observations.length < FEWEST_LIVES && ageMs < MOST_TIMES_AS_LONG * plan.soakMs);
  };
  let kept = 0;
  const live = async (): Promise<void> => {
    let identity = await stage.nextIdentity();
    while (goesOn()) {
      identity = await stage.renewed(identity);
      const scene = stage.newScene();
      await oneLife(scene, stage, identity);
      const [seen] = observe(scene.recorder.history, checks);
      if (seen !== undefined && seen.outcome === 'succeeded') observations.push(slim(seen, evidence));
      else if (seen !== undefined) {
        kept += 1;
        const [again = seen] = observe(withLag(scene, stage), checks);
        const copied = kept <= KEPT_HISTORIES ? copyInto(recorder, scene.recorder.history, `s${kept}`) : [];
        observations.push({ ...again, connection: `s${kept}`, entries: copied.length > 0 ? copied : [began.index] });
      }
      await sleep(plan.soakPauseMs);
    }
  };
  const watchMemory = async (): Promise<void> => {
    while (goesOn()) {
      memory.push(measureMemory(recorder, beganMs, observations.length));
      await sleep(plan.soakMs / MEMORY_SAMPLES);
    }
  };
  await Promise.all([...Array.from({ length: plan.soakClients }, live), watchMemory()]);
  return { observations, memory };
}

/** Successes are many: what they have in common is kept once. */
function slim(seen: Observation, entries: readonly number[]): Observation {
  const { asked, complete } = seen.runs;
  return {
    ...seen,
    connection: '',
    codes: NOTHING,
    entries,
    runs: asked === 1 && complete === 1 ? ONE_WHOLE_RUN : seen.runs,
  };
}

const NOTHING: readonly [] = [];
const ONE_WHOLE_RUN = { asked: 1, complete: 1 } as const;

async function oneLife({ connect }: ReportedWork, { prompt }: NightlyStage, identity: Identity): Promise<void> {
  const client = await connect({ identity });
  const welcomed = await client.welcomed();
  const ponged = welcomed.by === 'message' ? await client.ping() : welcomed;
  if (ponged.by === 'message') {
    client.ask(prompt);
    await client.settled();
  }
  await client.close();
}

/** The history of a life with our own delays in it, so that what they could explain becomes a doubt. */
function withLag({ recorder }: ReportedWork, stage: NightlyStage): ReportedWork['recorder']['history'] {
  const [first] = recorder.history;
  const fromMs = first?.atMs ?? 0;
  const toMs = recorder.history.at(-1)?.atMs ?? fromMs;
  for (const entry of stage.recorder.history) {
    if (entry.kind !== 'lag' || entry.atMs < fromMs || entry.atMs - entry.lateMs > toMs) continue;
    recorder.record('', { kind: 'lag', lateMs: entry.lateMs }, entry.atMs);
  }
  return recorder.history;
}

const BYTES_PER_MB = 1_048_576;

/** Collects garbage, measures what is left of this process, and records it. `beganMs` is monotonic. */
export function measureMemory(recorder: Recorder, beganMs: number, lives: number): MemorySample {
  const startMs = monotonicMs();
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  const [heapMb, residentMb] = [heapUsed / BYTES_PER_MB, rss / BYTES_PER_MB];
  const found = `heap ${heapMb.toFixed(1)} MB, resident ${residentMb.toFixed(1)} MB, after ${lives} lives`;
  const durationMs = monotonicMs() - startMs;
  const entry = recorder.record('', { kind: 'probe', name: 'memory', target: 'this harness', durationMs, found });
  return { atMs: startMs - beganMs, heapMb, residentMb, entry: entry.index };
}

let collector: (() => void) | undefined;

/** Node offers its collector only behind a flag, which can be set while it runs. */
function collectGarbage(): void {
  if (collector === undefined) {
    setFlagsFromString('--expose-gc');
    const found: unknown = runInNewContext('gc');
    collector = typeof found === 'function' ? () => void Reflect.apply(found, undefined, []) : () => undefined;
  }
  collector();
}

/** Records the entries of another history once more, all sockets under one name. Returns their new indices. */
export function copyInto(recorder: Recorder, history: History, name: string): readonly number[] {
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
