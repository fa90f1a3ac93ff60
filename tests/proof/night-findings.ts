import { judge } from '../../src/checks/guarded.ts';
import type { Provocation } from '../../src/twin/fault.ts';
import type { Night } from './night.ts';
import type { NightWork } from './night-work.ts';
import { NIGHT_WORK } from './night-work.ts';

/** Everything that the checks of a piece of the night find in its history. */
export function findingsOf(
  piece: NightWork,
  { history, settings }: Night,
): readonly (Provocation & { readonly because: string })[] {
  return NIGHT_WORK[piece].judges(settings).flatMap((check) => {
    const verdict = judge(check, history);
    return verdict.holds === true ? [] : verdict.findings.map((finding) => ({ ...finding, check: verdict.check }));
  });
}
