import { bareLoop } from './bare-loop.ts';
import { planFor } from './fleet-plan.ts';
import { judgedLoop } from './judged-loop.ts';

interface LoopOptions {
  readonly loop: 'bare' | 'judged';
  readonly twin: { readonly websocketUrl: string; readonly jwtSecret: string };
  readonly count: number;
  /** Scenarios before those that are measured: the compiler of the engine works on another thread, at our expense. */
  readonly warmUp: number;
  readonly atOnce: number;
  /** Virtual users before this one were used by earlier measurements. */
  readonly from: number;
}

/** Measures one loop in a fresh process: CPU and wall time of `count` scenarios after the warm-up. Prints one JSON line. */
const given: LoopOptions = JSON.parse(process.argv[2] ?? '{}');
const plan = planFor(given.twin, {}, { quietWindowMs: 5 });
const run = (from: number, count: number): Promise<number> => {
  const of = { from, count, atOnce: given.atOnce };
  return given.loop === 'bare' ? bareLoop(given.twin, of) : judgedLoop(plan, given.twin.jwtSecret, of);
};
await run(given.from, given.warmUp);
const cpu = process.cpuUsage();
const startMs = performance.now();
const completed = await run(given.from + given.warmUp, given.count);
const wallMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(cpu);
const cpuMicroseconds = (user + system) / given.count;
process.stdout.write(`${JSON.stringify({ completed, perSecond: (given.count * 1000) / wallMs, cpuMicroseconds })}\n`);
