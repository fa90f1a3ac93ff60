import { findingsOf } from '../checks/verdict.ts';
import { judge } from '../checks/judgement.ts';
import type { ExpectedFinding } from '../twin/catalogue/fault.ts';
import type { NightlyRun } from './nightly-run.ts';
import type { NightWork } from './night-work.ts';
import { NIGHT_WORK } from './night-work.ts';

/** Everything that the checks of a piece of the night find in its history. */
export function findingsOfNight(
  piece: NightWork,
  { history, settings }: NightlyRun,
): readonly (ExpectedFinding & { readonly because: string })[] {
  return NIGHT_WORK[piece].judges(settings).flatMap((check) => {
    const verdict = judge(check, history);
    return findingsOf(verdict).map((finding) => ({ ...finding, check: verdict.check }));
  });
}
