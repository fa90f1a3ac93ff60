import { alwaysOnFailures } from '../checks/standard-checks.ts';
import { checkFromSaved } from '../checks/index.ts';
import { judge } from '../checks/judgement.ts';
import type { Verdict } from '../checks/verdict.ts';
import type { Recording } from './recording.ts';
import { restoredHistory } from './saved-history.ts';

/**
 * Judges a recording as the test did: by the same checks, each over what was recorded by then, and by the
 * always-on checks over all of it. Throws when a check is not known, or its rules are not.
 */
export function judgeRecording({ judged, entries, exemptFrom }: Recording): readonly Verdict[] {
  const history = restoredHistory(entries);
  const ofTest = judged.map((saved) =>
    'verdict' in saved ? saved.verdict : judge(checkFromSaved(saved), history.slice(0, saved.upTo)),
  );
  return [...ofTest, ...alwaysOnFailures(history, ofTest, exemptFrom)];
}
