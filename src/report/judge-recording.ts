import { alwaysOnFailures } from '../checks/always-on.ts';
import { checkCalled } from '../checks/index.ts';
import { judge } from '../checks/judgement.ts';
import type { Verdict } from '../checks/verdict.ts';
import type { Recording } from './recording.ts';
import { restoredHistory } from './saved-history.ts';

/**
 * Judges a recording as the test did: by the checks that it asked for, each over what was recorded by then, and by the
 * always-on checks over all of it. Throws when a check is not known, or its rules are not.
 */
export function judgeRecording({ judged, entries, exemptFrom }: Recording): readonly Verdict[] {
  const history = restoredHistory(entries);
  const told = judged.map((saved) =>
    'verdict' in saved ? saved.verdict : judge(checkCalled(saved), history.slice(0, saved.upTo)),
  );
  return [...told, ...alwaysOnFailures(history, told, exemptFrom)];
}
