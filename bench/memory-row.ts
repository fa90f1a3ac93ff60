import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';
import { AT_ONCE, startRemoteTwin } from './start-twin.ts';

const MOST_ROUNDS = 3;

interface MemoryFigures {
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** Memory of one open connection with its recorder, many open, against bare `ws`. */
export async function memoryRow({ rounds, connections }: BenchOptions): Promise<Row> {
  const taken = { bare: [] as MemoryFigures[], recorded: [] as MemoryFigures[] };
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    for (const kind of ['bare', 'recorded'] as const) {
      using twin = await startRemoteTwin({ pace: AT_ONCE });
      const { websocketUrl, jwtSecret } = twin;
      const given = { kind, twin: { websocketUrl, jwtSecret }, count: connections };
      taken[kind].push(await measure<MemoryFigures>('measure-memory', given, ['--expose-gc']));
    }
  }
  const of = (kind: keyof typeof taken): readonly number[] => taken[kind].map(({ rssBytes }) => rssBytes / 1000);
  const ratio = spreadOf(ratios(of('recorded'), of('bare')));
  return {
    what: `memory per open connection, ${connections} open (kB of resident set)`,
    against: 'bare ws',
    reach: 'at most 2',
    ours: shown(spreadOf(of('recorded')), 1),
    theirs: shown(spreadOf(of('bare')), 1),
    ratio,
    holds: ratio.median <= 2,
    raw: taken,
    remark: `of it heap and buffers: ${heap(taken.recorded)} kB against ${heap(taken.bare)} kB`,
  };
}

function heap(taken: readonly MemoryFigures[]): string {
  return shown(spreadOf(taken.map(({ heapBytes }) => heapBytes / 1000)), 1);
}
