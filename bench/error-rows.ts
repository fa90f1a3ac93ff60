import { measure } from './child.ts';
import type { BenchOptions, Row } from './row.ts';
import { shown, spreadOf } from './spread.ts';

const SIZES = [100, 1000, 5000];
const PER_SECOND = 200;
const TOLERABLE_MS = 10;

interface ErrorFigures {
  readonly rows: readonly {
    readonly phase: string;
    readonly ours: number;
    readonly theirs: number;
    readonly error: number;
  }[];
  readonly lagP99: number;
  readonly trusted: boolean;
}

/** The reported 99th percentiles against the twin's own record of the same frames, on one monotonic clock. */
export async function errorRows({ connections }: BenchOptions): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const count of SIZES.filter((size) => size <= connections)) {
    const measured = await measure<ErrorFigures>('measure-error', { count, perSecond: PER_SECOND });
    const errors = spreadOf(measured.rows.map(({ error }) => error));
    const worst = Math.max(...errors.samples.map(Math.abs));
    const phases = measured.rows.map(({ phase, ours, theirs }) => `${phase} ${ours.toFixed(1)}/${theirs.toFixed(1)}`);
    rows.push({
      what: `error of the reported p99, ${count} connections at ${PER_SECOND}/s (ms, over four phases)`,
      against: "the twin's own record",
      reach: `at most ${TOLERABLE_MS} ms, or marked`,
      ours: shown(errors, 1),
      theirs: 'no delay',
      ratio: spreadOf([worst]),
      holds: worst <= TOLERABLE_MS || !measured.trusted,
      raw: measured,
      remark: `${phases.join(', ')}; own lag p99 ${measured.lagP99.toFixed(1)} ms, ${measured.trusted ? 'trusted' : 'marked not trustworthy'}`,
    });
  }
  return rows;
}
