import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';
import { AT_ONCE, startRemoteTwin } from './start-twin.ts';

const COUNT = 8000;
const WARM_UP = 4000;
const IN_FLIGHT = 100;
const USERS_PER_RUN = 13_000;

interface ScenarioFigures {
  readonly completed: number;
  readonly perSecond: number;
  readonly cpuMicroseconds: number;
}

/** Processor time and throughput of one judged scenario against the bare loop, in turn. */
export async function scenarioRows({ rounds }: BenchOptions): Promise<readonly Row[]> {
  using twin = await startRemoteTwin({ pace: AT_ONCE });
  const { websocketUrl, jwtSecret } = twin;
  const taken = { bare: [] as ScenarioFigures[], judged: [] as ScenarioFigures[] };
  let from = 0;
  for (let round = 0; round < rounds; round += 1) {
    for (const loop of ['bare', 'judged'] as const) {
      const given = { loop, twin: { websocketUrl, jwtSecret }, count: COUNT, warmUp: WARM_UP, atOnce: IN_FLIGHT, from };
      taken[loop].push(await measure<ScenarioFigures>('measure-loop', given));
      from += USERS_PER_RUN;
    }
  }
  const of = (loop: keyof typeof taken, what: keyof ScenarioFigures): readonly number[] =>
    taken[loop].map((each) => each[what]);
  const complete = [...taken.bare, ...taken.judged].every(({ completed }) => completed === COUNT);
  const remark = complete ? 'every scenario completed and passed' : 'NOT every scenario completed';
  const cpu = spreadOf(ratios(of('judged', 'cpuMicroseconds'), of('bare', 'cpuMicroseconds')));
  const speed = spreadOf(ratios(of('judged', 'perSecond'), of('bare', 'perSecond')));
  return [
    {
      what: 'CPU per judged scenario, 100 in flight (µs)',
      against: 'bare ws loop',
      reach: 'at most 1.5',
      ours: shown(spreadOf(of('judged', 'cpuMicroseconds')), 0),
      theirs: shown(spreadOf(of('bare', 'cpuMicroseconds')), 0),
      ratio: cpu,
      holds: cpu.median <= 1.5 && complete,
      raw: taken,
      remark,
    },
    {
      what: 'scenarios per second, 100 in flight',
      against: 'bare ws loop',
      reach: 'at least 0.7',
      ours: shown(spreadOf(of('judged', 'perSecond')), 0),
      theirs: shown(spreadOf(of('bare', 'perSecond')), 0),
      ratio: speed,
      holds: speed.median >= 0.7 && complete,
      raw: taken,
      remark,
    },
  ];
}
