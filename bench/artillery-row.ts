import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { artilleryScript } from './artillery-script.ts';
import { tokenOf } from './bare-loop.ts';
import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';
import { startRemoteTwin } from './start-twin.ts';

/** Its ws engine loses messages that arrive back to back, or crashes ("Callback was already called"). */
const SPACED_OUT = { settleMs: 20, betweenEventsMs: 20 };
const BINARY = 'bench/peers/node_modules/artillery/bin/run';
const COUNT = 1000;
const MOST_ROUNDS = 3;
const NANOSECONDS_PER_MICROSECOND = 1000;

interface ArtilleryCounts {
  readonly cpuMicroseconds: number;
  /** Its counters where each step awaits the next message, and where it only sends. */
  readonly awaiting: Readonly<Record<string, number>> | 'crashed';
  readonly sending: Readonly<Record<string, number>>;
}

interface Ours {
  readonly cpuMicroseconds: number;
  readonly completed: number;
}

/** The same work by Artillery's own ws steps: processor time per scenario, and how many scenarios it lost. */
export async function artilleryRow({ rounds }: BenchOptions): Promise<Row | undefined> {
  if (!existsSync(BINARY)) return undefined;
  const taken = { peer: [] as ArtilleryCounts[], ours: [] as Ours[] };
  using twin = await startRemoteTwin({ pace: SPACED_OUT });
  const { websocketUrl, jwtSecret } = twin;
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    taken.peer.push(await artillery(websocketUrl, tokenOf(jwtSecret, 'e2e-artillery-user')));
    const of = { count: COUNT, warmUp: 0, atOnce: 100, from: round * COUNT };
    const given = { loop: 'judged', twin: { websocketUrl, jwtSecret }, ...of };
    taken.ours.push(await measure<Ours>('measure-loop', given));
  }
  const [ours, theirs] = [taken.ours.map(cpuOf), taken.peer.map(cpuOf)];
  const ratio = spreadOf(ratios(ours, theirs));
  const passed = taken.ours.map(({ completed }) => completed);
  const there = taken.peer.map(({ awaiting, sending }) => JSON.stringify({ awaiting, sending }));
  return {
    what: `CPU per scenario, ${COUNT} scenarios (µs)`,
    against: "Artillery's ws engine",
    reach: 'at most 0.5, nothing missed',
    ours: shown(spreadOf(ours), 0),
    theirs: shown(spreadOf(theirs), 0),
    ratio,
    holds: ratio.median <= 0.5 && passed.every((completed) => completed === COUNT),
    raw: taken,
    remark: `passed here ${passed.join(', ')} of ${COUNT}; there ${there.join(', ')}`,
  };
}

function cpuOf({ cpuMicroseconds }: { readonly cpuMicroseconds: number }): number {
  return cpuMicroseconds;
}

/** Processor time of the whole command, children included, less that of the same command for one scenario: its start. */
async function artillery(url: string, token: string): Promise<ArtilleryCounts> {
  const awaiting = await once(url, token, COUNT, true);
  const start = await once(url, token, 1, false);
  const whole = await once(url, token, COUNT, false);
  if (start === undefined || whole === undefined) throw new Error('Artillery: expected a result, it left none.');
  const cpuMicroseconds = (whole.cpuMicroseconds - start.cpuMicroseconds) / (COUNT - 1);
  return { cpuMicroseconds, awaiting: awaiting?.counts ?? 'crashed', sending: whole.counts };
}

interface ArtilleryRun {
  readonly cpuMicroseconds: number;
  readonly counts: Readonly<Record<string, number>>;
}

/** Undefined when it crashed: then it leaves no result. */
async function once(url: string, token: string, count: number, awaiting: boolean): Promise<ArtilleryRun | undefined> {
  const [script, output] = ['reports/bench/artillery.json', 'reports/bench/artillery-result.json'];
  await rm(output, { force: true });
  await writeFile(script, JSON.stringify(artilleryScript(url, token, count, awaiting)));
  const env = { ...process.env, ARTILLERY_DISABLE_TELEMETRY: 'true' };
  const given = ['bench/with-cpu.mjs', BINARY, 'run', '--quiet', '-o', output, script];
  const { stdout } = await promisify(execFile)('node', given, { env, maxBuffer: 2 ** 28 });
  if (!existsSync(output)) return undefined;
  const used: { readonly cpuNanoseconds: number } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');
  const result: { readonly aggregate: { readonly counters: Record<string, number> } } = JSON.parse(
    await readFile(output, 'utf8'),
  );
  const counters = Object.entries(result.aggregate.counters).filter(([name]) => /^(?:errors|vusers)\./.test(name));
  const counts = Object.fromEntries(counters.filter(([name]) => !name.includes('created_by')));
  return { cpuMicroseconds: used.cpuNanoseconds / NANOSECONDS_PER_MICROSECOND, counts };
}
