import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { ratios } from './row.ts';
import { shown, spreadOf } from './spread.ts';

const ENTRIES = 1_000_000;
const MOST_ROUNDS = 3;

interface JudgingFigures {
  readonly judgingMs: number;
  readonly parsingMs: number;
  readonly all: boolean;
  readonly perCheck: Readonly<Record<string, number>>;
}

/** Judging a very long history by every check, against one pass of `JSON.parse` over its frames. */
export async function judgingRow({ rounds }: BenchOptions): Promise<Row> {
  const taken: JudgingFigures[] = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    taken.push(await measure<JudgingFigures>('measure-judging', { entries: ENTRIES }, ['--max-old-space-size=6000']));
  }
  const [ours, theirs] = [taken.map(({ judgingMs }) => judgingMs), taken.map(({ parsingMs }) => parsingMs)];
  const ratio = spreadOf(ratios(ours, theirs));
  const all = taken.every((each) => each.all);
  return {
    what: `judging a history of ${ENTRIES} entries by every check (ms)`,
    against: 'JSON.parse of its frames',
    reach: 'at most 1',
    ours: shown(spreadOf(ours), 0),
    theirs: shown(spreadOf(theirs), 0),
    ratio,
    holds: ratio.median <= 1 && all,
    raw: taken,
    ...(!all && { remark: 'NOT every check held' }),
  };
}
