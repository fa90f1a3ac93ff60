import { judge } from '../checks/judgement.ts';
import type { Check, SavedCheck, Verdict } from '../checks/verdict.ts';
import { diagnose } from '../failures/diagnosis.ts';
import type { Diagnosis } from '../failures/diagnosis.ts';
import { settled } from '../failures/symptoms.ts';
import type { History } from '../history/entry.ts';
import { explain } from '../report/explain.ts';
import type { SavedJudgement } from '../report/recording.ts';

/** Everything that was judged of one history, in order. */
export interface Judgements {
  /** Judges the history as it is now, and keeps the verdict. */
  judge(check: Check): Verdict;
  /** Keeps a verdict over the history as it is now. */
  keep(verdict: Verdict): void;
  /** All verdicts so far. */
  verdicts(): readonly Verdict[];
  /** All judgements so far, in the form in which a recording saves them. */
  saved(): readonly SavedJudgement[];
  /** The diagnosis of the history by all verdicts so far; `undefined` while all of them hold. */
  diagnosis(): Diagnosis | undefined;
  /** The failure text of some of the verdicts, with the diagnosis. */
  explain(verdicts: readonly Verdict[]): string;
}

/** A history together with what was judged of it. `expect(history).toSatisfy(…)` keeps its verdicts here. */
export type JudgedHistory = History & { readonly judgements: Judgements };

/** A verdict over the first `upTo` entries, and how its check is saved, where it can be. */
interface RecordedVerdict {
  readonly verdict: Verdict;
  readonly savedAs: SavedCheck | undefined;
  readonly upTo: number;
}

/** Where a failure text sends its reader: the page that every test attaches. */
const SEE = 'attachment "timeline"';

/** Adds the judgements, none at first, to the very history of a recorder, which grows. */
export function judgedHistory(history: History): JudgedHistory {
  return Object.assign(history, { judgements: judgementsOf(history) });
}

function judgementsOf(history: History): Judgements {
  const all: RecordedVerdict[] = [];
  const verdicts = (): readonly Verdict[] => all.map(({ verdict }) => verdict);
  const diagnosis = (): Diagnosis | undefined => diagnose(history, verdicts());
  return {
    judge(check) {
      const verdict = judge(check, history);
      all.push({ verdict, savedAs: check.savedAs, upTo: history.length });
      return verdict;
    },
    keep: (verdict) => void all.push({ verdict, savedAs: undefined, upTo: history.length }),
    verdicts,
    saved: () =>
      all.map(({ verdict, savedAs, upTo }) => (savedAs === undefined ? { upTo, verdict } : { upTo, ...savedAs })),
    diagnosis,
    explain(some) {
      const kept = verdicts();
      const agreed = settled(history, kept);
      const shown = some.map((verdict) => agreed[kept.indexOf(verdict)] ?? verdict);
      return explain(shown, SEE, diagnosis());
    },
  };
}
