import { judgement } from './judgement.ts';
import type { History } from '../history/entry.ts';
import type { Check, Verdict } from './verdict.ts';

/** Runs a check; one that crashes is a verdict too: unknown, and the harness is to blame (design rule 1). */
export function judge(check: Check, history: History): Verdict {
  try {
    return check(history);
  } catch (error) {
    const judging = judgement('unknown check', 'the check judges the history');
    const because = `the check crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    judging.doubted({ code: 'check-crashed', because, entries: [] });
    return judging.verdict('');
  }
}
