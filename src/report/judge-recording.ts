import { alwaysOnFailures } from '../checks/standard-checks.ts';
import { checkFromSaved } from '../checks/index.ts';
import { judge } from '../checks/judgement.ts';
import type { Check, Verdict } from '../checks/verdict.ts';
import type { Recording } from './recording.ts';
import { restoredHistory } from './saved-history.ts';

/**
 * Judges a recording as the test did: by the same checks, each over what was recorded by then, and by the
 * always-on checks over all of it. Throws when a check is not known, or its rules are not.
 */
export function judgeRecording({ judged, entries, exemptFrom }: Recording): readonly Verdict[] {
  const history = restoredHistory(entries);
  const ofTest = judged.map((saved, position) =>
    'verdict' in saved ? saved.verdict : judge(checkAt(position, saved), history.slice(0, saved.upTo)),
  );
  return [...ofTest, ...alwaysOnFailures(history, ofTest, exemptFrom)];
}

function checkAt(position: number, saved: Parameters<typeof checkFromSaved>[0]): Check {
  try {
    return checkFromSaved(saved);
  } catch (cause) {
    const found = cause instanceof Error ? cause.message : String(cause);
    const next = 'Judge the recording with the version of the harness that wrote it, or record the test again.';
    throw new Error(`judged.${position}: ${found} ${next}`, { cause });
  }
}
