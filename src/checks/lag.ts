import type { EntryOf, History } from '../history/entry.ts';
import { allOf } from '../history/connections.ts';
import type { ViolationCode } from './findings.ts';
import type { Judgement } from './judgement.ts';
import type { Finding } from './verdict.ts';

/** A span of the harness's monotonic clock, in milliseconds. */
export interface TimeWindow {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How late an answer was. */
export interface Miss {
  readonly span: TimeWindow;
  readonly budgetMs: number;
}

/** The longest delay of our own event loop that was sampled within a span. */
export function worstLag(history: History, { fromMs, toMs }: TimeWindow): EntryOf<'lag'> | undefined {
  let worst: EntryOf<'lag'> | undefined;
  for (const lag of allOf(history, 'lag')) {
    const overlaps = lag.atMs >= fromMs && lag.atMs - lag.lateMs <= toMs;
    if (overlaps && (worst === undefined || lag.lateMs > worst.lateMs)) worst = lag;
  }
  return worst;
}

/**
 * Reports that a budget was exceeded. It is a violation; where our own lag in the same span is at least as long as the excess, it
 * is a doubt that blames the harness (design rule 11).
 */
export function reportLate(
  judging: Judgement,
  history: History,
  { span, budgetMs }: Miss,
  { blame, ...violation }: Omit<Finding<ViolationCode>, 'blame'> & Partial<Pick<Finding, 'blame'>>,
): void {
  const excessMs = span.toMs - span.fromMs - budgetMs;
  const lag = worstLag(history, span);
  if (lag === undefined || lag.lateMs < excessMs) {
    const own =
      lag === undefined ? 'no lag of our own was seen' : `our own lag was at most ${Math.round(lag.lateMs)} ms`;
    return judging.violated({
      ...violation,
      ...(blame !== undefined && { blame }),
      because: `${violation.because}; ${own} in that time`,
    });
  }
  const because = `${violation.because}, but our own event loop was late by ${Math.round(lag.lateMs)} ms in that time: use fewer connections per worker`;
  judging.doubted({ ...violation, code: 'harness-lag', because, entries: [...violation.entries, lag.index] });
}
