import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';
import { AT_ONCE, startRemoteTwin } from './start-twin.ts';

const MOST_ROUNDS = 3;
/** The fleet paces itself; this share of the speed that the bare loop reached leaves the twin room to answer in time. */
const SHARE_OF_BARE_SPEED = 0.7;
const PHASES = 2;

interface FleetFigures {
  readonly completed: number;
  readonly wallMs: number;
  readonly detail: unknown;
}

/** Many users held open together, each served one run and judged, against the bare loop on the same work: wall time. */
export async function fleetRow({ rounds, connections }: BenchOptions): Promise<Row> {
  const taken = { bare: [] as FleetFigures[], fleet: [] as FleetFigures[] };
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    const bare = await run('bare', connections, 0);
    const perSecond = Math.round(((connections * 1000 * PHASES) / bare.wallMs) * SHARE_OF_BARE_SPEED);
    taken.bare.push(bare);
    taken.fleet.push(await run('fleet', connections, perSecond));
  }
  const of = (kind: keyof typeof taken): readonly number[] => taken[kind].map(({ wallMs }) => wallMs / 1000);
  const ratio = spreadOf(ratios(of('fleet'), of('bare')));
  const passed = taken.fleet.map(({ completed }) => completed);
  const all = passed.every((completed) => completed === connections);
  return {
    what: `${connections} users held open together, one run each, judged (s)`,
    against: 'bare loop on the same work',
    reach: 'at most 2',
    ours: shown(spreadOf(of('fleet')), 1),
    theirs: shown(spreadOf(of('bare')), 1),
    ratio,
    holds: ratio.median <= 2 && all,
    raw: taken,
    remark: `passed: ${passed.join(', ')} of ${connections}`,
  };
}

async function run(kind: 'bare' | 'fleet', count: number, perSecond: number): Promise<FleetFigures> {
  using twin = await startRemoteTwin({ pace: AT_ONCE });
  const { websocketUrl, jwtSecret } = twin;
  const given = { kind, twin: { websocketUrl, jwtSecret }, count, perSecond, mostThreads: 2 };
  const { stdout } = await promisify(execFile)(
    'node',
    ['--import', 'tsx', 'bench/measure-fleet.ts', JSON.stringify(given)],
    { maxBuffer: 2 ** 28 },
  );
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
}
