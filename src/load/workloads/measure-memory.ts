import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { monotonicMs } from '../../client/connect.ts';
import type { Recorder } from '../../history/recorder.ts';
import type { MemorySample } from '../judge/memory.ts';

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
