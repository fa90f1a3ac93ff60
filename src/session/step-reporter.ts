import { extremesOf } from '../history/extremes.ts';
import { onOneLine } from '../history/visible-text.ts';
import { span } from '../report/measures.ts';

/** The result of one act, in words for a reader of the report. */
export interface StepSummary {
  /** The act without names and numbers, such as `welcomed`; acts of one kind are counted together. */
  readonly kind: string;
  readonly sentence: string;
}

/** Reports a test as steps: one per act, in the order in which the acts ended. */
export interface StepReporter {
  /** Does one act and reports its result. Acts that overlap are reported together, once the last of them has ended. */
  report<Value>(act: () => Promise<Value>, summaries: (value: Value) => readonly StepSummary[]): Promise<Value>;
  /** Reports something that took no time, together with the next act. */
  note(summary: StepSummary): void;
}

interface TimedSummary extends StepSummary {
  readonly tookMs: number;
}

/** More acts at once than this are counted in one step. */
const MOST_SEPARATE_STEPS = 4;

/**
 * Reports by `addStep`, which adds a finished step. The steps have no duration of their own: their title states it, because
 * Allure would nest steps that run side by side into each other. Many acts at once become one step that counts them.
 */
export function createStepReporter(addStep: (title: string) => Promise<void>): StepReporter {
  let pending: TimedSummary[] = [];
  let underWay = 0;
  let overlapped = false;
  const flush = async (): Promise<void> => {
    const [acts, together] = [pending, overlapped];
    pending = [];
    overlapped = false;
    const titles =
      together && acts.length > MOST_SEPARATE_STEPS ? [counted(acts)] : acts.map(({ sentence }) => sentence);
    for (const title of titles) await addStep(onOneLine(title));
  };
  return {
    async report(act, summaries) {
      const start = performance.now();
      overlapped ||= underWay > 0;
      underWay += 1;
      try {
        const value = await act();
        for (const summary of summaries(value)) pending.push({ ...summary, tookMs: performance.now() - start });
        return value;
      } finally {
        underWay -= 1;
        if (underWay === 0) await flush();
      }
    },
    note: (summary) => void pending.push({ ...summary, tookMs: 0 }),
  };
}

/** `Together: 10 × welcomed (slowest 212 ms), 10 × pong (slowest 8.1 ms)`. */
function counted(acts: readonly TimedSummary[]): string {
  const kinds = new Set(acts.map(({ kind }) => kind));
  const parts = [...kinds].map((kind) => {
    const of = acts.filter((summary) => summary.kind === kind);
    const slowest = extremesOf(of.map(({ tookMs }) => tookMs))?.most ?? 0;
    return `${of.length} × ${kind}${slowest > 0 ? ` (slowest ${span(slowest)})` : ''}`;
  });
  return `Together: ${parts.join(', ')}`;
}
