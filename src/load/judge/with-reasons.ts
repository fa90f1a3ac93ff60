import { isIdle } from '../../checks/standard-checks.ts';
import { judge } from '../../checks/judgement.ts';
import type { Check, Verdict } from '../../checks/verdict.ts';
import type { History } from '../../history/entry.ts';

/**
 * Gates as checks for `toSatisfy`. Where one of them does not hold, the checks that its attempts broke are added, so that
 * the failure text names them and the diagnosis sees them.
 */
export function withReasons(history: History, gates: readonly Verdict[], checks: readonly Check[]): readonly Check[] {
  const judged = gates.map(
    (verdict): Check =>
      () =>
        verdict,
  );
  if (gates.every(({ holds }) => holds === true)) return judged;
  return [...judged, ...checks.filter((check) => !isIdle(judge(check, history)))];
}
