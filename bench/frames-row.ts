import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { shown, spreadOf } from './spread.ts';

const FRAMES = 10_000;

interface FramesFigures {
  readonly textBytes: number;
  readonly entryBytes: number;
}

/** Memory of a recorded frame, its text included, against the text itself. */
export async function framesRow({ rounds }: BenchOptions): Promise<Row> {
  const taken: FramesFigures[] = [];
  for (let round = 0; round < rounds; round += 1) {
    taken.push(await measure<FramesFigures>('measure-frames', { count: FRAMES }, ['--expose-gc']));
  }
  const ratio = spreadOf(taken.map(({ textBytes, entryBytes }) => (textBytes + entryBytes) / textBytes));
  return {
    what: `memory per recorded 300-byte frame, ${FRAMES} frames (bytes)`,
    against: 'the text itself',
    reach: 'at most 3',
    ours: shown(spreadOf(taken.map(({ textBytes, entryBytes }) => textBytes + entryBytes)), 0),
    theirs: shown(spreadOf(taken.map(({ textBytes }) => textBytes)), 0),
    ratio,
    holds: ratio.median <= 3,
    raw: taken,
  };
}
